// Findings about a cluster to adopt: what Terraform would replace, and where else to look before the first apply. Pure.
import { isSameName } from "../../lib/spec/naming";
import { ResolvedSpec, isReplaceable } from "../../lib/spec/resolved-spec";
import { Exports } from "../discover/exports";
import { count, listed, plain } from "../review/text";
import { Adoption, AttributeEffect } from "./adoption";
import { ExistingAttribute } from "../discover/attribute";
import { importedPool } from "./finders";
import { losses } from "./losses";
import { SYSTEM, isClusterOrPool, placeOf } from "./place-of";
import { shown } from "./shown";

/** A finding, with the field of the description that it is about. */
export interface AdoptFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** Says that the exports are of another cluster than the description. */
export function otherCluster(spec: ResolvedSpec, { place }: Exports): AdoptFinding[] {
  const rows: [path: string, words: string, described: string | undefined, exported: string][] = [
    ["name", "cluster", spec.name, place.name],
    ["resourceGroup.name", "resource group", spec.resourceGroup.name, place.resourceGroup],
    ["subscriptionId", "subscription", spec.subscriptionId, place.subscriptionId],
  ];
  return rows
    .filter(
      ([, , described, exported]) => described !== undefined && !isSameName(described, exported),
    )
    .map(([path, words, described, exported]) => ({
      severity: "error",
      code: "HAKS-ADOPT-001",
      path,
      message:
        `The exports are of a cluster in the ${words} "${plain(exported)}", and the description has "${plain(described ?? "")}".`.replace(
          "of a cluster in the cluster",
          "of the cluster",
        ),
      remedy: "Use the exports of the cluster that the description is of.",
    }));
}

/** Returns the findings about the first plan. */
export function adoptFindings(
  adoption: Adoption,
  exports: Exports,
  spec: ResolvedSpec,
): AdoptFinding[] {
  const replaced = adoption.effects.filter(({ effect }) => effect === "replaces");
  return [
    ...replaced.map((one) => replacement(one, exports, spec)),
    ...losses(adoption, spec),
    ...secondSettings(adoption, exports),
    ...adoption.unknown.map(({ addresses, command }): AdoptFinding => ({
      severity: "warning",
      code: "HAKS-ADOPT-005",
      path: "",
      message: `No export says whether ${listed(addresses.map(plain))} ${addresses.length === 1 ? "exists" : "exist"}: Terraform creates ${addresses.length === 1 ? "it" : "them"}, and fails if Azure has ${addresses.length === 1 ? "it" : "them"} already.`,
      remedy: `Export what exists (${command}) with the scripts that discover --commands prints, or give the exports of the other teams, too.`,
    })),
    ...(adoption.otherPools.length === 0
      ? []
      : [
          {
            severity: "warning" as const,
            code: "HAKS-ADOPT-006",
            path: "nodePools.user",
            message: `The cluster has ${count(adoption.otherPools.length, "node pool")} that the description lacks: ${listed(adoption.otherPools.map(plain))}. Terraform leaves ${adoption.otherPools.length === 1 ? "it" : "them"} as is.`,
            remedy: "Add the pool to nodePools.user, or move its workloads and delete it.",
          },
        ]),
  ];
}

function replacement(
  { type, address, resource, attribute, before, after }: AttributeEffect,
  exports: Exports,
  spec: ResolvedSpec,
): AdoptFinding {
  const values = `Azure has ${shown(before)}, and the description ${shown(after)}`;
  const message = `Terraform would replace ${plain(address)}, because ${attribute} differs: ${values}.`;
  const isOfCluster = isClusterOrPool(type);
  const severity = isOfCluster && isReplaceable(spec) ? "warning" : "error";
  if (typeof before === "string" && typeof after === "string" && isSameName(before, after)) {
    const remedy = "Write the names in the description in the letters that Azure has.";
    return { severity, code: "HAKS-ADOPT-003", path: "", message, remedy };
  }
  if (!isOfCluster) {
    const [path, remedy] = REMEDIES[type] ?? ["", "Change it in Azure first."];
    return { severity, code: "HAKS-ADOPT-003", path, message, remedy };
  }
  const { path, row } = placeOf({ type, resource, attribute }, spec);
  return { severity, code: "HAKS-ADOPT-002", path, message, remedy: remedyOf(row, path, before) };

  function remedyOf(of: ExistingAttribute | undefined, field: string, value: unknown): string {
    if (attribute === `${SYSTEM}name`) {
      const name = importedPool(exports)?.text("name") ?? "";
      return `An import takes the first system pool of the cluster for that of the description. Describe ${shown(name)} in nodePools.system, and the other in nodePools.user.`;
    }
    const set = `Set ${field} to what Azure has: ${shown(value)}.`;
    const left = `Leave ${field} as it is in Azure: it is not set there.`;
    const described = value === undefined ? left : set;
    return of?.instead ?? described;
  }
}

const REMEDIES: { readonly [type: string]: readonly [path: string, remedy: string] } = {
  azurerm_kubernetes_cluster_extension: [
    "",
    "Azure cannot change it, and without the extension its work stops. Write it as it is in Azure, or leave it out of the description, so that Terraform leaves it alone.",
  ],
  azurerm_kubernetes_flux_configuration: [
    "flux.configurations",
    "Azure cannot change it, and Flux deletes what a kustomization with prune has applied. Write it as it is in Azure, or leave the configuration out, so that Terraform leaves it alone.",
  ],
  azurerm_kubernetes_fleet_member: [
    "fleetManager",
    "Azure cannot change it: the cluster would leave its fleet and join again. Write the member as it is in Azure, or leave fleetManager out, so that Terraform leaves it alone.",
  ],
  azurerm_resource_group: [
    "resourceGroup.create",
    "Azure cannot move a resource group. Set create to false, so that Terraform leaves it alone.",
  ],
  azurerm_user_assigned_identity: [
    "identities",
    "Azure cannot move an identity, and the stack makes identities in the region of the cluster. Set existing to true for it, so that Terraform uses it and leaves it alone.",
  ],
  azurerm_role_assignment: [
    "access",
    "Azure refuses a second assignment of the same role. Give the existing one this condition first, with az role assignment update, or delete it right before the apply.",
  ],
};

/** Azure refuses a second diagnostic setting that sends the same logs to the same workspace. */
function secondSettings({ created }: Adoption, { diagnostics = [] }: Exports): AdoptFinding[] {
  if (!created.some(({ type }) => type === "azurerm_monitor_diagnostic_setting")) {
    return [];
  }
  return diagnostics
    .filter((one) => one.text("workspaceId") !== undefined)
    .map((one) => ({
      severity: "warning",
      code: "HAKS-ADOPT-004",
      path: "monitoring",
      message: `The cluster has the diagnostic setting "${plain(one.text("name") ?? "")}", and the stack creates "audit": Azure refuses two that send the same category to the same workspace.`,
      remedy: "Delete the existing one right before the apply of the cluster stack.",
    }));
}

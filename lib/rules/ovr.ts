// HAKS-OVR: overrides of attributes of azurerm that the description does not cover. Pure.
import { entryOf } from "../spec/tables";
import {
  INSTEAD,
  OWNED_BY_CLUSTER,
  OWNED_BY_POOL,
  REFUSED_ON_CLUSTER,
  REFUSED_ON_POOL,
  WATCHED_ON_CLUSTER,
  WATCHED_ON_POOL,
  RefusedAttributes,
  holdsPassword,
  isGroup,
  isSet,
} from "./override-attributes";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Report, Rule } from "./rule";

const CLUSTER_DOCS =
  "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/kubernetes_cluster";

/** The rules about overrides. */
export const OVR_RULES: Rule[] = [
  {
    code: "HAKS-OVR-001",
    title: "Overrides must not set attributes of the description, and must not weaken the cluster.",
    source: CLUSTER_DOCS,
    check: ({ spec: { overrides } }, report) => {
      const { cluster, nodePools } = overrides;
      const path = "overrides.cluster";
      checkAttributes(path, cluster, OWNED_BY_CLUSTER, REFUSED_ON_CLUSTER, report);
      for (const [pool, set] of Object.entries(nodePools)) {
        checkAttributes(`overrides.nodePools.${pool}`, set, OWNED_BY_POOL, REFUSED_ON_POOL, report);
      }
    },
  },
  {
    code: "HAKS-OVR-002",
    title: "Overrides must name node pools of the description.",
    source: CLUSTER_DOCS,
    check: ({ spec, pools }, report) => {
      const names = pools.map(({ name }) => name);
      for (const name of Object.keys(spec.overrides.nodePools)) {
        if (!names.includes(name)) {
          report(
            `overrides.nodePools.${name}`,
            `Unknown node pool "${name}".`,
            `Use ${names.join(", ")}.`,
          );
        }
      }
    },
  },
  {
    code: "HAKS-OVR-003",
    title: "Overrides must refer only to resources that an additional grant covers.",
    source: "https://learn.microsoft.com/azure/aks/aks-service-permissions",
    check: ({ spec }, report) => {
      const { cluster, nodePools } = spec.overrides;
      const granted = grantedIds(spec);
      const sets: [path: string, set: unknown][] = [
        ["overrides.cluster", cluster],
        ...Object.entries(nodePools).map(([pool, set]): [string, unknown] => [
          `overrides.nodePools.${pool}`,
          set,
        ]),
      ];
      for (const [path, set] of sets) {
        for (const [name, value] of isGroup(set) ? Object.entries(set) : []) {
          const id = (isPlain(value) ? resourceIds(value) : []).find(
            (one) => !granted.includes(one.toLowerCase()),
          );
          if (id !== undefined) {
            report(
              `${path}.${name}`,
              `The attribute ${name} points to ${id}, and the grant plan gives no right on it.`,
              "Add a grant on it to permissions.additionalGrants, or leave the attribute out.",
            );
          }
        }
      }
    },
  },
  {
    code: "HAKS-OVR-004",
    title: "Ignored attributes must be valid paths, and must not be attributes of the hardening.",
    source:
      "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes",
    check: ({ spec, pools }, report) => {
      const { cluster, nodePools } = spec.ignoreChanges;
      const names = pools.map(({ name }) => name);
      cluster.forEach((path, index) =>
        checkIgnored(`ignoreChanges.cluster.${index}`, path, WATCHED_ON_CLUSTER, report),
      );
      for (const [pool, paths] of Object.entries(nodePools)) {
        const place = `ignoreChanges.nodePools.${pool}`;
        if (!names.includes(pool)) {
          report(place, `Unknown node pool "${pool}".`, `Use ${names.join(", ")}.`);
        }
        paths.forEach((path, index) =>
          checkIgnored(`${place}.${index}`, path, WATCHED_ON_POOL, report),
        );
      }
    },
  },
];

const ATTRIBUTE_PATH = /^[a-z][a-z0-9_]*(?:\[(?:\d+|"[^"]+")\]|\.[a-z][a-z0-9_]*)*$/;

function checkIgnored(
  place: string,
  path: string,
  watched: readonly string[],
  report: Report,
): void {
  const [attribute = ""] = path.split(/[.[]/);
  if (!ATTRIBUTE_PATH.test(path)) {
    report(
      place,
      `"${path}" is not the path of an attribute.`,
      "Write its name in Terraform, or a path such as http_proxy_config[0].no_proxy.",
    );
  } else if (watched.includes(attribute)) {
    report(
      place,
      `Terraform would not notice if the attribute ${attribute} is weakened.`,
      "Leave it out; describe the value that it should have.",
    );
  }
}

/** Returns the ids of the resources that additional grants are on, in lower case. */
function grantedIds({ permissions }: ResolvedSpec): string[] {
  return permissions.additionalGrants.flatMap(
    ({ scope }) => scope.reference?.id?.toLowerCase() ?? [],
  );
}

/** Returns all ids of resources in a value. */
function resourceIds(value: unknown): string[] {
  if (typeof value === "string") {
    return /^\/subscriptions\/[^/]+\/resourceGroups\//i.test(value) ? [value] : [];
  }
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((item) => resourceIds(item))
    : [];
}

function checkAttributes(
  path: string,
  set: unknown,
  owned: readonly string[],
  refused: RefusedAttributes,
  report: Report,
): void {
  if (!isGroup(set)) {
    report(
      path,
      "Overrides must be attributes with their values.",
      "Write each attribute with its value.",
    );
    return;
  }
  for (const [name, value] of Object.entries(set)) {
    const place = `${path}.${name}`;
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      report(
        place,
        `"${name}" is not an attribute of azurerm.`,
        "Use its name in Terraform, such as linux_profile.",
      );
    } else if (owned.includes(name)) {
      report(
        place,
        `The attribute ${name} follows from the description.`,
        entryOf(INSTEAD, name) ??
          "Change the description, or take an exception that docs/hardening.md lists.",
      );
    } else if (!isPlain(value)) {
      report(
        place,
        `The value of ${name} is not valid in JSON.`,
        "Use texts, numbers, true, false, lists and groups.",
      );
    } else {
      checkValue(path, name, value, refused, report);
    }
  }
}

function checkValue(
  path: string,
  name: string,
  value: unknown,
  refused: RefusedAttributes,
  report: Report,
): void {
  for (const [attribute, reason] of Object.entries(refused)) {
    if (isSet({ [name]: value }, attribute.split("."))) {
      report(`${path}.${attribute}`, `The attribute ${attribute} ${reason}.`, "Leave it out.");
    }
  }
  if (holdsPassword(value)) {
    report(
      `${path}.${name}`,
      `The attribute ${name} holds a password, which Terraform would keep in its state.`,
      "Use an address without a password.",
    );
  }
}

function isPlain(value: unknown, around: unknown[] = []): boolean {
  if (typeof value !== "object" || value === null) {
    return (
      value === null ||
      ["string", "boolean"].includes(typeof value) ||
      (typeof value === "number" && Number.isFinite(value))
    );
  }
  return (
    !around.includes(value) &&
    Object.values(value).every((item) => isPlain(item, [...around, value]))
  );
}

// Finds Flux and the membership in a fleet in the exports, and their attributes. Pure.
import { isSameName } from "../../lib/spec/naming";
import { TIMEOUT, fleetIdOf, kustomizationsOf } from "../discover/extension-fields";
import { idOf, computed, flag, number, text, texts } from "../discover/attribute";
import { Reading } from "../discover/reading";
import { Json, JsonObject, isObject } from "../handoff/stack-json";
import { ExistingValue, overlaid, valuesOf } from "./existing-stack";
import type { Finder, Wanted } from "./finders";

const PROVIDER = "Microsoft.KubernetesConfiguration";
const GIT = "gitRepository";
const REFERENCE = `${GIT}.repositoryRef`;

const CONFIGURATION_ATTRIBUTES = [
  text("namespace", "namespace"),
  text("scope", "scope"),
  // As text: false is taken for absent, and here the default is true.
  computed("continuous_reconciliation_enabled", (one) =>
    one.flag("suspend") === true ? "false" : undefined,
  ),
  text("git_repository.url", `${GIT}.url`),
  computed("git_repository.reference_type", (one) => referenceOf(one)?.[0]),
  computed("git_repository.reference_value", (one) => referenceOf(one)?.[1]),
  text("git_repository.local_auth_reference", `${GIT}.localAuthRef`),
  text("git_repository.https_user", `${GIT}.httpsUser`),
  text("git_repository.https_ca_cert_base64", `${GIT}.httpsCACert`),
  text("git_repository.ssh_known_hosts_base64", `${GIT}.sshKnownHosts`),
  text("git_repository.provider", `${GIT}.provider`),
  number("git_repository.sync_interval_in_seconds", `${GIT}.syncIntervalInSeconds`),
  computed("git_repository.timeout_in_seconds", (one) => {
    const timeout = one.number(`${GIT}.timeoutInSeconds`);
    return timeout === TIMEOUT ? undefined : timeout;
  }),
];

const KUSTOMIZATION_ATTRIBUTES = [
  text("name", "name"),
  text("path", "path"),
  texts("depends_on", "dependsOn"),
  flag("garbage_collection_enabled", "prune"),
  flag("recreating_enabled", "force"),
  flag("wait", "wait", {}, true),
  number("sync_interval_in_seconds", "syncIntervalInSeconds"),
  number("retry_interval_in_seconds", "retryIntervalInSeconds"),
  number("timeout_in_seconds", "timeoutInSeconds"),
];

/** The finders of Flux and of the membership in a fleet, by resource type. */
export const EXTENSION_FINDERS: { readonly [type: string]: Finder } = {
  // A cluster has one extension of a type, under any name.
  azurerm_kubernetes_cluster_extension: ({ block, text: textOf }, { exports }) => {
    const cluster = textOf(block.cluster_id);
    const found = exports.extensions?.find((one) =>
      isSameName(one.text("extensionType") ?? "", textOf(block.extension_type)),
    );
    const name = found?.text("name");
    return (
      found && {
        id: `${cluster}/providers/${PROVIDER}/extensions/${name ?? ""}`,
        values: [
          ["cluster_id", cluster],
          ["name", name],
          ["extension_type", found.text("extensionType")],
          ["version", found.text("version")],
          ["configuration_settings", { ...found.map("configurationSettings") }],
        ],
      }
    );
  },
  azurerm_kubernetes_flux_configuration: ({ block, text: textOf }, { exports }) => {
    const [cluster, name] = [textOf(block.cluster_id), textOf(block.name)];
    const found = exports.fluxConfigurations?.find((one) => one.text("name") === name);
    return (
      found && {
        id: `${cluster}/providers/${PROVIDER}/fluxConfigurations/${name}`,
        values: [
          ["cluster_id", cluster],
          ...valuesOf(CONFIGURATION_ATTRIBUTES, found),
          ["kustomizations", kustomizationBlocks(found, block)],
        ],
      }
    );
  },
  // A cluster is a member of one fleet, under any name.
  azurerm_kubernetes_fleet_member: ({ block, text: textOf }, { exports }) => {
    const [found] = exports.fleetMembers ?? [];
    const described = textOf(block.kubernetes_fleet_id);
    const given = idOf(fleetIdOf(found)) ?? "";
    const fleet = isSameName(given, described) ? described : given;
    const name = found?.text("name");
    return (
      found && {
        id: `${fleet}/members/${name ?? ""}`,
        values: [
          // Azurerm has it in the letters of Azure, and the fleet in those of the import.
          ["kubernetes_cluster_id", found.text("clusterResourceId")],
          ["kubernetes_fleet_id", fleet],
          ["name", name],
          ["group", found.text("group")],
        ],
      }
    );
  },
};

function referenceOf(one: Reading): readonly [type: string, value: string] | undefined {
  // In the order of azurerm, which reads the first.
  return ["branch", "commit", "semver", "tag"].flatMap((type) => {
    const value = one.text(`${REFERENCE}.${type}`);
    return value === undefined ? [] : [[type, value] as const];
  })[0];
}

/** Returns the kustomizations of a configuration, those of the stack first and with the names in its order. */
function kustomizationBlocks(found: Reading, { kustomizations }: Wanted["block"]): Json {
  const wanted = (Array.isArray(kustomizations) ? kustomizations : [kustomizations ?? null]).filter(
    isObject,
  );
  const place = (name: string) => wanted.findIndex((one) => one.name === name);
  return kustomizationsOf(found)
    .map(({ name, content }) => {
      const values: ExistingValue[] = [
        ...valuesOf(KUSTOMIZATION_ATTRIBUTES, content),
        [
          "post_build",
          content.value("postBuild") === undefined
            ? undefined
            : (content.value("postBuild") as JsonObject),
        ],
      ];
      return { at: place(name), block: overlaid(wanted[place(name)] ?? {}, values) };
    })
    .sort((a, b) => (a.at < 0 ? 1 : b.at < 0 ? -1 : a.at - b.at))
    .map(({ block }) => block);
}

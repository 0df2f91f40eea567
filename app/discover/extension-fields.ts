// The fields of the description about Flux and the membership in a fleet, and where az has them. Pure.
import { Fields, isGroup } from "../config/file-schema";
import { listed, plain } from "../review/text";
import { Exports } from "./exports";
import { Reading } from "./reading";
import { Row, Source, nonEmpty, present, reference } from "./source";
import { noteUnread, withoutState } from "./unsaid";

/** Flux, and the membership in a fleet. */
export const EXTENSION_ROWS: readonly Row[] = [
  { field: "flux", from: "az k8s-extension list, az k8s-configuration flux list", read: fluxOf },
  { field: "fleetManager", from: "az fleet member list", read: fleetManagerOf },
];

/** The type of the extension. */
const FLUX = "microsoft.flux";

/** Settings of the extension that the description has fields for. */
const MULTI_TENANCY = "multiTenancy.enforce";
const WORKLOAD_IDENTITY = "workloadIdentity.enable";
const CLIENT_ID = "workloadIdentity.azureClientId";

/** The references of a repository; Flux follows one. */
const REFERENCES = ["branch", "tag", "semver", "commit"] as const;

/** The timeout of a repository, which the description leaves at the default. */
export const TIMEOUT = 600;

const EXTENSION_STATE = `
  aksAssignedIdentity autoUpgradeMinorVersion configurationProtectedSettings configurationSettings currentVersion
  errorInfo extensionType id identity isSystemExtension name provisioningState releaseTrain resourceGroup
  scope.cluster.releaseNamespace statuses systemData type
`;

const CONFIGURATION_STATE = `
  complianceState errorMessage id provisioningState reconciliationWaitDuration repositoryPublicKey resourceGroup
  sourceSyncedCommitId sourceUpdatedAt statusUpdatedAt statuses systemData type waitForReconciliation
`;

const MEMBER_STATE =
  "clusterResourceId eTag id name provisioningState resourceGroup status systemData type";

function fluxOf(source: Source): unknown {
  const { exports, note } = source;
  if (exports.extensions === undefined) {
    note(
      "flux",
      "No export has the extensions of the cluster (az k8s-extension list): whether Flux runs on it is not known. The description leaves it out, and Terraform leaves it alone.",
    );
    return undefined;
  }
  const extension = exports.extensions.find(isFlux);
  for (const one of exports.extensions.filter((other) => other !== extension)) {
    note(
      "extensions",
      `The cluster has the extension "${nameOf(one)}" (${plain(one.text("extensionType") ?? "")}), which discover does not describe. It stays as it is.`,
    );
  }
  if (!extension) {
    return undefined;
  }
  if (extension.text("name") !== "flux") {
    note(
      "flux",
      `The Flux extension is called "${nameOf(extension)}", and that of the description flux: Terraform would replace it. The description leaves it out with its configurations, and Terraform leaves them alone.`,
    );
    return undefined;
  }
  const settings = extension.map("configurationSettings");
  const version = extension.text("version");
  noteSettings(extension, source);
  noteUnread("flux", extension.unread(), EXTENSION_STATE, source);
  return present({
    version,
    multiTenancy: settings[MULTI_TENANCY]?.toLowerCase() === "false" ? false : undefined,
    clientId: hasIdentity(settings) ? settings[CLIENT_ID] : undefined,
    configurations: nonEmpty(configurationsOf(source)),
  });
}

/** Whether an extension is Flux. */
export function isFlux(extension: Reading): boolean {
  return extension.text("extensionType")?.toLowerCase() === FLUX;
}

/** Adds notes on settings of the extension that the description has no field for. */
function noteSettings(extension: Reading, { note }: Source): void {
  const settings = extension.map("configurationSettings");
  const known = [MULTI_TENANCY, ...(hasIdentity(settings) ? [WORKLOAD_IDENTITY, CLIENT_ID] : [])];
  const others = Object.keys(settings).filter((name) => !known.includes(name));
  if (others.length > 0) {
    note(
      "flux",
      `The Flux extension has settings that the description has no field for: ${listed(others.map(plain))}. The first apply removes them.`,
    );
  }
  if (Object.keys(extension.map("configurationProtectedSettings")).length > 0) {
    note("flux", "The Flux extension has protected settings. They stay as they are.");
  }
  const train = extension.text("releaseTrain") ?? "Stable";
  if (train !== "Stable") {
    note("flux", `The Flux extension follows the release train ${plain(train)}. It stays so.`);
  }
  if (
    extension.text("version") === undefined &&
    extension.flag("autoUpgradeMinorVersion") === false
  ) {
    note(
      "flux.version",
      "Azure does not upgrade the Flux extension by itself, and has no version of it. It stays so.",
    );
  }
}

function hasIdentity(settings: { readonly [name: string]: string }): boolean {
  return settings[WORKLOAD_IDENTITY]?.toLowerCase() === "true" && settings[CLIENT_ID] !== undefined;
}

/** Returns the configurations that the description can express as they are; adds a note on each other one. */
function configurationsOf({ exports, note }: Source): Fields[] {
  if (exports.fluxConfigurations === undefined) {
    note(
      "flux.configurations",
      "No export has the configurations of Flux (az k8s-configuration flux list): they are not known. The description leaves them out, and Terraform leaves them alone.",
    );
  }
  return (exports.fluxConfigurations ?? []).flatMap((one) => {
    const { fields, unsaid } = configurationOf(one);
    if (unsaid.length > 0) {
      note(
        "flux.configurations",
        `The Flux configuration "${nameOf(one)}" has something that the description cannot express: ${listed(unsaid.map(plain))}. The description leaves it out, and Terraform leaves it alone.`,
      );
    }
    return unsaid.length > 0 ? [] : [fields];
  });
}

function configurationOf(one: Reading): {
  readonly fields: Fields;
  /** Fields of az that the description lacks. */
  readonly unsaid: string[];
} {
  const kustomizations = kustomizationsOf(one).map((each) => ({
    fields: kustomizationFields(each.content),
    unsaid: [
      // Older versions of the API have objects here.
      ...(each.content.list("dependsOn").length > 0 ? ["dependsOn"] : []),
      ...each.content.unread().map(({ path }) => path),
    ].map((path) => `kustomizations.${each.name}.${path}`),
  }));
  const git = "gitRepository";
  const references = REFERENCES.filter((name) => one.text(`${git}.repositoryRef.${name}`));
  const kind = one.text("sourceKind") ?? "GitRepository";
  const provider = one.text(`${git}.provider`) ?? "Generic";
  const timeout = one.number(`${git}.timeoutInSeconds`) ?? TIMEOUT;
  const fields = present({
    name: one.text("name"),
    namespace: one.text("namespace"),
    scope: one.text("scope"),
    repository: present({
      url: one.text(`${git}.url`),
      ...Object.fromEntries(
        references.map((name) => [name, one.text(`${git}.repositoryRef.${name}`)]),
      ),
      secretName: one.text(`${git}.localAuthRef`),
      entraId: provider === "Azure" ? true : undefined,
      syncIntervalSeconds: one.number(`${git}.syncIntervalInSeconds`),
    }),
    kustomizations: kustomizations.map((each) => each.fields),
  });
  return {
    fields,
    unsaid:
      kind !== "GitRepository"
        ? [`sourceKind ${kind}`]
        : [
            ...(one.text(`${git}.url`) === undefined ? [`${git}.url`] : []),
            ...(references.length === 1 ? [] : [`${git}.repositoryRef`]),
            ...(["Azure", "Generic"].includes(provider) ? [] : [`${git}.provider`]),
            ...(timeout === TIMEOUT ? [] : [`${git}.timeoutInSeconds`]),
            ...withoutState(one.unread(), CONFIGURATION_STATE).map(({ path }) => path),
            ...kustomizations.flatMap(({ unsaid }) => unsaid),
          ],
  };
}

/** A kustomization in the output of az. */
interface ExistingKustomization {
  readonly name: string;
  readonly content: Reading;
}

/** Returns the kustomizations of a configuration, which az has by their names. */
export function kustomizationsOf(configuration: Reading): ExistingKustomization[] {
  const named = configuration.value("kustomizations");
  return Object.entries(isGroup(named) ? named : {}).flatMap(([name, one]) =>
    isGroup(one) ? [{ name, content: new Reading({ ...one, name }) }] : [],
  );
}

function kustomizationFields(one: Reading): Fields {
  const syncIntervalSeconds = one.number("syncIntervalInSeconds");
  return present({
    name: one.text("name"),
    path: one.text("path"),
    dependsOn: nonEmpty(one.texts("dependsOn")),
    prune: one.flag("prune"),
    wait: one.flag("wait"),
    syncIntervalSeconds,
    // Without one, Flux tries again at the next comparison.
    retryIntervalSeconds: one.number("retryIntervalInSeconds") ?? syncIntervalSeconds,
    timeoutSeconds: one.number("timeoutInSeconds"),
  });
}

function fleetManagerOf(source: Source): unknown {
  const { exports, note } = source;
  if (exports.fleetMembers === undefined) {
    note(
      "fleetManager",
      "No export has the members of a fleet (az fleet member list): whether the cluster is a member of one is not known. The description leaves it out, and Terraform leaves it alone.",
    );
    return undefined;
  }
  const [member, ...more] = exports.fleetMembers;
  const fleet = reference(fleetIdOf(member), source);
  const left = member && unmanageable(member, more, exports);
  if (!member || !fleet || left !== undefined) {
    if (left !== undefined) {
      note("fleetManager", `${left} The description leaves it out, and Terraform leaves it alone.`);
    }
    return undefined;
  }
  const fields = { fleet, memberName: member.text("name"), updateGroup: member.text("group") };
  noteUnread("fleetManager", member.unread(), MEMBER_STATE, source);
  return present(fields);
}

/** Returns the id of the fleet of a member. */
export function fleetIdOf(member: Reading | undefined): string | undefined {
  return member?.text("id")?.replace(/\/members\/[^/]+$/i, "");
}

/** Returns why Terraform cannot take over a membership. */
function unmanageable(member: Reading, more: Reading[], { place }: Exports): string | undefined {
  if (more.length > 0) {
    return "The cluster is a member of several fleets, and the description has one.";
  }
  const given = member.text("clusterResourceId") ?? "";
  const { subscriptionId, resourceGroup, name } = place;
  const spelled = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
  return given === spelled
    ? undefined
    : `The fleet has the id of the cluster in other letters than azurerm: "${plain(given)}" and not "${spelled}". Terraform would replace the member.`;
}

function nameOf(one: Reading): string {
  return plain(one.text("name") ?? "");
}

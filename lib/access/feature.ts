// A row of the table of features, and the needs that follow from it for a description. Pure.
import { AddOnName, addOnIdentityName } from "../spec/add-ons";
import { Principal, PrincipalKind } from "../spec/principal";
import { GrantingTeam } from "../spec/granting-team";
import { ResolvedBackup, ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { ReferencePath, referencesAt } from "./placed-references";
import { GrantReason, PlannedPrincipal, PlannedScope } from "./planned-grant";
import { ResourceTypeName } from "./resource-types";
import { NeededRight, RIGHTS, RightName } from "./rights";

/** Services that check whether a principal has a right. */
export const CHECKERS = {
  linkedAccess: "Azure Resource Manager: linked access check",
  aks: "AKS: check before it creates or updates the cluster",
  cloudProvider: "Azure Resource Manager: call of the Kubernetes cloud provider",
  csiDriver: "Azure Resource Manager: call of the CSI driver",
  autoProvisioning: "Azure Resource Manager: call of node auto-provisioning",
  azurerm: "Azure Resource Manager: call of the azurerm provider",
  addOn: "Azure Resource Manager: call of the add-on",
  backup: "Azure Resource Manager: call of Azure Backup",
  storage: "Azure Storage",
  keyVault: "Azure Key Vault",
  registry: "Azure Container Registry",
};

/** Evidence that a right is needed: its source, and the service that checks it. */
export interface Evidence {
  readonly checkedBy: keyof typeof CHECKERS;
  /** Page or source file (URL). */
  readonly source: string;
  /** Remark on a source that names a wide role and no operations: whole sentences. */
  readonly note?: string;
}

/** The needs of a principal for a feature, on each of its scopes. */
export interface Requirement {
  readonly right: RightName;
  /** Reason: the action of the principal, or a whole sentence about something else. It stands in the role assignment. */
  readonly why: string;
  readonly evidence: Evidence;
}

/** The needs of an add-on, whose identity AKS creates with the cluster. */
export interface AddOnRequirement extends Requirement {
  /** The add-on that has the identity. */
  readonly identity: AddOnName;
}

/** The needs of a workload that the description implies. */
export interface WorkloadRequirement extends Requirement {
  /** Name of the workload. */
  readonly workload: string;
}

/** The reason why a principal needs nothing for a feature. */
export interface NoRequirement {
  readonly none: string;
}

/** A scope of a feature. */
export interface FeatureScope {
  readonly scope: PlannedScope;
  /** Condition of the role assignment, in Azure's language for it. */
  readonly condition?: string;
}

/** A feature of a cluster: one row. Who needs nothing for it is said as well. */
export interface Feature {
  readonly name: string;
  /** Page about the rights that the identities of the cluster need (URL). */
  readonly source: string;
  /** Returns the scopes that it concerns; none if it is off. */
  readonly on: (spec: ResolvedSpec) => FeatureScope[];
  readonly controlPlane: Requirement | NoRequirement;
  readonly kubelet: Requirement | NoRequirement;
  readonly deployer: Requirement | NoRequirement;
  /** By default no add-on takes part in it. */
  readonly addOn?: AddOnRequirement;
  /** By default the Backup vault takes no part in it. */
  readonly backupVault?: Requirement;
  /** By default no workload takes part in it. */
  readonly workload?: WorkloadRequirement;
}

/** A right that a principal needs on a scope. */
export interface Need extends FeatureScope {
  readonly principal: PlannedPrincipal;
  readonly right: NeededRight;
  readonly reason: GrantReason;
  /** The team that grants it; absent if that follows from the type of the scope. */
  readonly team?: GrantingTeam;
}

/** The URL of the services of the azurerm provider. */
export const AZURERM =
  "https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services";

/** The URL of Microsoft's documentation for Azure. */
export const LEARN = "https://learn.microsoft.com/azure";

/** No right of the deployer: only the running cluster uses the resource. */
export const AFTER_DEPLOYMENT: NoRequirement = {
  none: "The control plane uses it after the deployment, with its own identity.",
};

/** No right of the deployer: the cluster refers to the resource, but Microsoft names no right on it. */
export const NOT_LISTED: NoRequirement = {
  none: "Microsoft's list of permissions of the identity that creates a cluster does not name it.",
};

/** Remark on a page that names a role of Azure, and no operations. */
export const ROLE_ALONE =
  "Microsoft names the role, and no operations of it: both role sets have the built-in role.";

/** Microsoft's list of what AKS and those who deploy it need. */
export const PERMISSIONS_PAGE = `${LEARN}/aks/aks-service-permissions`;

/** The purpose of all rights of deployers. */
const DEPLOYMENT = { feature: "deployment", source: PERMISSIONS_PAGE };

/** Subjects of the sentences that say why a right is needed. */
const SUBJECTS = {
  controlPlane: "The control plane",
  kubelet: "The nodes",
  deployer: "The deployer of the cluster",
  addOn: "The add-on",
  workload: "The workload",
  backupVault: "The Backup vault",
};

/** Returns the needs of a feature in a description. */
export function needsOf(feature: Feature, spec: ResolvedSpec): Need[] {
  const { name, source } = feature;
  const scopes = feature.on(spec);
  const by = (role: keyof typeof SUBJECTS, principal: PlannedPrincipal): Need[] => {
    const required = feature[role];
    if (required === undefined || "none" in required) {
      return [];
    }
    const why = sentence(role, required);
    const reason = { ...(role === "deployer" ? DEPLOYMENT : { feature: name, source }), why };
    return scopes.map((scope) => ({ ...scope, principal, right: RIGHTS[required.right], reason }));
  };
  return [
    ...by("controlPlane", identity(spec, "controlPlane")),
    ...by("kubelet", identity(spec, "kubelet")),
    ...(feature.addOn ? by("addOn", addOnIdentity(feature.addOn.identity, spec)) : []),
    ...(feature.workload
      ? workloadIdentity(feature.workload.workload, spec).flatMap((one) => by("workload", one))
      : []),
    ...(spec.backup ? by("backupVault", backupVault(spec.backup)) : []),
    ...spec.access.deployers.flatMap((principal) =>
      by("deployer", { kind: PrincipalKind.DEPLOYER, name: principal.name, principal }),
    ),
  ];
}

/** Returns why a principal needs a right: one sentence. */
export function sentence(role: keyof typeof SUBJECTS, { why }: Requirement): string {
  return /^[a-z]/.test(why) ? `${SUBJECTS[role]} ${why}` : why;
}

/** Returns a right, why it is needed, and how that is known. */
export function needs(
  right: RightName,
  why: string,
  checkedBy: Evidence["checkedBy"],
  source: string,
  note?: string,
): Requirement {
  return { right, why, evidence: { checkedBy, source, note } };
}

/** Returns features for which the kubelet identity needs nothing. */
export function withoutKubelet(features: readonly Omit<Feature, "kubelet">[]): Feature[] {
  return features.map((feature) => ({
    ...feature,
    kubelet: { none: "The kubelet identity only pulls images." },
  }));
}

type LateFeature = Omit<Feature, "controlPlane" | "kubelet" | "deployer"> &
  (Required<Pick<Feature, "addOn">> | Required<Pick<Feature, "workload">>);

/** Returns features in which only the separate identity of an add-on or of a workload takes part. */
export function onlyAfterCluster(features: readonly LateFeature[], owner: string): Feature[] {
  return withoutKubelet(
    features.map((feature) => ({
      ...feature,
      controlPlane: { none: `The ${owner} has a separate identity.` },
      deployer: NOT_LISTED,
    })),
  );
}

/** Returns an identity of the cluster, as a principal and as a scope. */
export function identity(
  { identities }: ResolvedSpec,
  kind: `${PrincipalKind.CONTROL_PLANE | PrincipalKind.KUBELET}`,
): PlannedPrincipal {
  return { kind: kind as PrincipalKind, name: identities[kind].name };
}

/** The identity of an add-on, as a principal. */
export function addOnIdentity(addOn: AddOnName, spec: ResolvedSpec): PlannedPrincipal {
  const name = addOnIdentityName(addOn, spec.name);
  // AKS documents no name for the identity of the extension.
  const principal =
    addOn === "backup"
      ? Principal.servicePrincipal(name, spec.backup?.extensionPrincipalId)
      : undefined;
  return { kind: PrincipalKind.ADD_ON, name, principal, addOn };
}

/** The identity of the Backup vault, as a principal: its service principal has the name of the vault. */
function backupVault({ vault, vaultPrincipalId }: ResolvedBackup): PlannedPrincipal {
  const principal = Principal.servicePrincipal(vault.name, vaultPrincipalId);
  return { kind: PrincipalKind.BACKUP_VAULT, name: vault.name, principal };
}

/** The identity of a workload, as a principal; none if the description does not have the workload. */
export function workloadIdentity(
  workload: string | undefined,
  { workloads }: ResolvedSpec,
): PlannedPrincipal[] {
  return workloads
    .filter(({ name }) => name === workload)
    .map(({ identity: { name }, owner }) => ({
      kind: PrincipalKind.WORKLOAD,
      name,
      workload: owner,
    }));
}

/** Returns the resource group of a resource as a scope; of one whose id is a token, Terraform alone knows it. */
export function groupOf(kind: ResourceTypeName, resource: ResourceReference): PlannedScope {
  const { name, resourceGroup, subscriptionId } = resource;
  return {
    kind,
    name: resourceGroup ?? name,
    reference:
      resourceGroup === undefined
        ? resource
        : ResourceReference.byName({ name: resourceGroup, resourceGroup, subscriptionId }),
  };
}

/** Returns a subnet of the cluster's virtual network as a scope. */
export function subnet({ network }: ResolvedSpec, name: string): PlannedScope {
  return { kind: "subnet", name, reference: network.virtualNetwork };
}

/** Returns the condition of a feature that concerns the resources at fields of the description. */
export function at(
  fields: ReferencePath[],
  isOn: (spec: ResolvedSpec) => boolean = () => true,
): Feature["on"] {
  return (spec) =>
    (isOn(spec) ? fields : [])
      .flatMap((field) => referencesAt(spec, field))
      .map((scope) => ({ scope }));
}

/** Returns the condition of a feature that concerns subnets of the cluster's virtual network, by their names. */
export function subnets(names: (spec: ResolvedSpec) => (string | undefined)[]): Feature["on"] {
  return (spec) =>
    names(spec).flatMap((name) => (name === undefined ? [] : [{ scope: subnet(spec, name) }]));
}

// What a row of the table of features is, and what it comes to for a description. Pure.
import { GrantingTeam } from "../spec/granting-team";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ReferencePath, referencesAt } from "./placed-references";
import { GrantReason, PlannedPrincipal, PlannedScope } from "./planned-grant";
import { NeededRight } from "./rights";

/** What a principal needs for a feature, on each of its scopes. */
export interface Requirement {
  readonly right: NeededRight;
  /** Why: one sentence, which stands in the role assignment. */
  readonly why: string;
}

/** That a principal needs nothing for a feature, and the reason. */
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
  /** Where it is documented what the identities of the cluster need. */
  readonly source: string;
  /** What it concerns; nothing if it is off. */
  readonly on: (spec: ResolvedSpec) => FeatureScope[];
  readonly controlPlane: Requirement | NoRequirement;
  readonly kubelet: Requirement | NoRequirement;
  readonly deployer: Requirement | NoRequirement;
}

/** Something that a principal has to be able to do on a scope. */
export interface Need extends FeatureScope {
  readonly principal: PlannedPrincipal;
  readonly right: NeededRight;
  readonly reason: GrantReason;
  /** The team that grants it; absent if that follows from the type of the scope. */
  readonly team?: GrantingTeam;
}

/** The URL of Microsoft's documentation for Azure. */
export const LEARN = "https://learn.microsoft.com/azure";

/** For the kubelet: everything but registries. */
export const ONLY_PULLS: NoRequirement = { none: "The kubelet identity only pulls images." };

/** For the deployer: what is used only when the cluster runs. */
export const AFTER_DEPLOYMENT: NoRequirement = {
  none: "The control plane uses it after the deployment, with its own identity.",
};

/** For the deployer: what the cluster refers to, but Microsoft names no right on it. */
export const NOT_LISTED: NoRequirement = {
  none: "Microsoft's list of permissions of the identity that creates a cluster does not name it.",
};

/** What all rights of deployers are for. */
const DEPLOYMENT = { feature: "deployment", source: `${LEARN}/aks/aks-service-permissions` };

/** What a feature needs in a description. */
export function needsOf(feature: Feature, spec: ResolvedSpec): Need[] {
  const { name, source } = feature;
  const scopes = feature.on(spec);
  const needs = (
    principal: PlannedPrincipal,
    required: Requirement | NoRequirement,
    reason = { feature: name, source },
  ): Need[] =>
    "none" in required
      ? []
      : scopes.map((scope) => ({
          ...scope,
          principal,
          right: required.right,
          reason: { ...reason, why: required.why },
        }));
  return [
    ...needs(identity(spec, "controlPlane"), feature.controlPlane),
    ...needs(identity(spec, "kubelet"), feature.kubelet),
    ...spec.access.deployers.flatMap((principal) =>
      needs({ kind: "deployer", name: principal.name, principal }, feature.deployer, DEPLOYMENT),
    ),
  ];
}

/** An identity of the cluster, as a principal and as a scope. */
export function identity(
  { identities }: ResolvedSpec,
  kind: "controlPlane" | "kubelet",
): { readonly kind: string; readonly name: string } {
  return { kind, name: identities[kind].name };
}

/** A subnet of the cluster's virtual network as a scope. */
export function subnet({ network }: ResolvedSpec, name: string): PlannedScope {
  return { kind: "subnet", name, reference: network.virtualNetwork };
}

/** The resources at fields of the description, if the feature is on. */
export function at(
  fields: ReferencePath[],
  isOn: (spec: ResolvedSpec) => boolean = () => true,
): Feature["on"] {
  return (spec) =>
    fields
      .filter(() => isOn(spec))
      .flatMap((field) => referencesAt(spec, field))
      .map(({ kind, reference }) => ({ scope: { kind, name: reference.name, reference } }));
}

/** Subnets of the cluster's virtual network, by their names. */
export function subnets(names: (spec: ResolvedSpec) => (string | undefined)[]): Feature["on"] {
  return (spec) =>
    names(spec).flatMap((name) => (name === undefined ? [] : [{ scope: subnet(spec, name) }]));
}

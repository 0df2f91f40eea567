// Clusters that share something. Pure.
import { GrantPlan } from "../access/grant-plan";
import { Sameness, samenessOf } from "../access/same-assignment";
import { isSameName } from "../spec/naming";
import { ResolvedSpec, resolveSpec } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

const shared: Rule = {
  code: "HAKS-OWN-008",
  severity: "error",
  title:
    "Clusters that share something have names of their own, and make each identity and group once.",
  check: (spec) => {
    const others = spec.sharedWith.map(resolveSpec);
    return others.flatMap((other, index) => {
      const path = `permissions.sharedWith.${index}`;
      const taken = [spec, ...others.slice(0, index)].some(({ name }) =>
        isSameName(name, other.name),
      );
      return [
        ...(taken
          ? [
              {
                path,
                message: `There are two clusters with the name "${other.name}".`,
                remedy: "Name each other cluster once; stacks are named after clusters.",
                related: ["name"],
              },
            ]
          : []),
        ...madeTwice(spec, other),
      ];
    });
  },
};

function madeTwice(spec: ResolvedSpec, other: ResolvedSpec): Violation[] {
  return [
    ...(["controlPlane", "kubelet"] as const)
      .filter((kind) => {
        const { name, existing } = spec.identities[kind];
        return !existing && makesIdentity(other, spec.identities.resourceGroup.name, name);
      })
      .map((kind) => ({
        path: `identities.${kind}.existing`,
        message: `The stack of the cluster "${other.name}" makes the identity "${spec.identities[kind].name}" already.`,
        remedy: "Set existing to true, so that it is looked up.",
        related: [`identities.${kind}.name`],
      })),
    ...(
      [
        ["resourceGroup", spec.resourceGroup],
        ["identities.resourceGroup", spec.identities.resourceGroup],
      ] as const
    )
      .filter(
        ([, { name, create }]) =>
          create &&
          [other.resourceGroup, other.identities.resourceGroup].some(
            (group) => group.create && isSameName(group.name, name),
          ),
      )
      .map(([path, { name }]) => ({
        path: `${path}.create`,
        message: `A stack of the cluster "${other.name}" makes the resource group "${name}" already.`,
        remedy: "Leave create out.",
        related: [path],
      })),
  ];
}

function makesIdentity({ identities }: ResolvedSpec, group: string, name: string): boolean {
  return (
    isSameName(identities.resourceGroup.name, group) &&
    [identities.controlPlane, identities.kubelet].some(
      (identity) => !identity.existing && isSameName(identity.name, name),
    )
  );
}

const unsure: Rule = {
  code: "HAKS-OWN-010",
  severity: "error",
  title: "What clusters share is given in one way in both, so that it is known to be one.",
  check: (spec) => {
    const { grants } = GrantPlan._ofResolved(spec);
    return spec.sharedWith.map(resolveSpec).flatMap((other, index) => {
      const theirs = GrantPlan._ofResolved(other).grants;
      const names = grants
        .filter((grant) =>
          theirs.some((one) => samenessOf(grant, spec, one, other) === Sameness.UNSURE),
        )
        .map(({ scope }) => scope.name);
      return [...new Set(names)].map((name) => ({
        path: `permissions.sharedWith.${index}`,
        message: `Nobody can tell whether "${name}" is that of the cluster "${other.name}": one is given by its id or subscription, and the other is not.`,
        remedy: "Give it in the same way in both.",
      }));
    });
  },
};

/** The rules about clusters that share something. */
export const SHARED_RULES: Rule[] = [shared, unsure];

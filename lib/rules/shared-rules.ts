// Clusters that share something. Pure.
import { GrantPlan } from "../access/grant-plan";
import { PlannedGrant } from "../access/planned-grant";
import { Sameness, isSameCondition, samenessOf } from "../access/same-assignment";
import { isSameName } from "../spec/naming";
import { ResolvedSpec, resolveSpec } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

const shared: Rule = {
  code: "HAKS-OWN-008",
  severity: "error",
  title:
    "Clusters that share something have names of their own, and make each identity and group once.",
  check: (spec) => {
    const others = spec.permissions.sharedWith.map(resolveSpec);
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
  check: (spec) =>
    withOthers(spec, (grant, other, index) => {
      if (samenessOf(grant, spec, other.grant, other.spec) !== Sameness.UNSURE) {
        return undefined;
      }
      return {
        path: `permissions.sharedWith.${index}`,
        message: `Nobody can tell whether "${grant.principal.name}" and "${grant.scope.name}" are those of the cluster "${other.spec.name}": one is given by its id or subscription, and the other is not.`,
        remedy: "Give each in the same way in both.",
      };
    }),
};

const conditions: Rule = {
  code: "HAKS-OWN-011",
  severity: "error",
  title:
    "A role of a principal on a resource has one condition, also where clusters share something.",
  source: "https://learn.microsoft.com/azure/role-based-access-control/conditions-overview",
  check: (spec) => {
    const differs = (
      path: string,
      { role, scope, principal }: PlannedGrant,
      place: string,
    ): Violation => ({
      path,
      message: `"${principal.name}" gets the role "${role.name}" on "${scope.name}" with another condition ${place}, and Azure knows it only once.`,
      remedy: "Give both the same condition, or the same repositories.",
    });
    const { grants } = GrantPlan._ofResolved(spec);
    return [
      ...grants
        .filter((grant, index) =>
          grants
            .slice(0, index)
            .some(
              (one) =>
                !isSameCondition(grant, one) &&
                samenessOf(grant, spec, one, spec) === Sameness.SAME,
            ),
        )
        .map((grant) => differs("permissions.ownGrants", grant, "elsewhere in the description")),
      ...withOthers(spec, (grant, other, index) =>
        samenessOf(grant, spec, other.grant, other.spec) === Sameness.SAME &&
        !isSameCondition(grant, other.grant)
          ? differs(`permissions.sharedWith.${index}`, grant, `in the cluster "${other.spec.name}"`)
          : undefined,
      ),
    ];
  },
};

interface OtherRow {
  readonly grant: PlannedGrant;
  readonly spec: ResolvedSpec;
}

/** What there is to say of the rows of a cluster and of those with which it shares something, once each. */
function withOthers(
  spec: ResolvedSpec,
  compare: (grant: PlannedGrant, other: OtherRow, index: number) => Violation | undefined,
): Violation[] {
  const { grants } = GrantPlan._ofResolved(spec);
  const found = spec.permissions.sharedWith.map(resolveSpec).flatMap((other, index) => {
    const theirs = GrantPlan._ofResolved(other).grants;
    return grants.flatMap((grant) =>
      theirs.flatMap((one) => compare(grant, { grant: one, spec: other }, index) ?? []),
    );
  });
  return found.filter(
    ({ message }, index) => found.findIndex((other) => other.message === message) === index,
  );
}

/** The rules about clusters that share something, and about what Azure knows once. */
export const SHARED_RULES: Rule[] = [shared, unsure, conditions];

// HAKS-OWN-008, 010 and 011: clusters that share something. Pure.
import { PlannedGrant } from "../../access/planned-grant";
import { Sameness, isSameCondition, mayBeOne, samenessOf } from "../../access/same-assignment";
import { isSameName } from "../../spec/naming";
import { ResolvedIdentity, ResolvedSpec, placedIdentities } from "../../spec/resolved-spec";
import { ResourceReference } from "../../spec/resource-reference";
import { Report, Rule, RuleContext } from "../rule";

/** The rules about clusters that share something, and about assignments that Azure allows only once. */
export const SHARED_RULES: Rule[] = [
  {
    code: "HAKS-OWN-008",
    title:
      "Clusters that share resources must have unique names, and must not create the same identity or resource group.",
    check: ({ spec, others }, report) => {
      const names = [spec.name];
      others.forEach(({ spec: other }, index) => {
        if (names.some((name) => isSameName(name, other.name))) {
          report(
            `permissions.sharedWith.${index}`,
            `Duplicate cluster name "${other.name}".`,
            "Name each other cluster once; stacks are named after clusters.",
            "name",
          );
        }
        names.push(other.name);
        reportCreatedTwice(spec, other, report);
      });
    },
  },
  {
    code: "HAKS-OWN-010",
    title: "Clusters must refer to a shared resource in the same way: by name or by id.",
    check: (context, report) =>
      forEachPair(context, (sameness, { principal, scope }, _, other, path) => {
        if (sameness === Sameness.UNSURE) {
          report(
            path,
            `It is not known whether "${principal.name}" and "${scope.name}" are those of the cluster "${other.name}": one is given by its id or subscription, and the other is not.`,
            "Give each in the same way in both.",
          );
        }
      }),
  },
  {
    code: "HAKS-OWN-011",
    title: "A role assignment must have the same condition in all clusters that share it.",
    source: "https://learn.microsoft.com/azure/role-based-access-control/conditions-overview",
    check: (context, report) => {
      const { spec, grants } = context;
      const differs = (path: string, { role, scope, principal }: PlannedGrant, place: string) =>
        report(
          path,
          `"${principal.name}" gets the role "${role.name}" on "${scope.name}" with another condition ${place}, and Azure allows only one.`,
          "Give both the same condition, or the same repositories.",
        );
      grants.forEach((grant, index, all) => {
        const isOther = (one: PlannedGrant) =>
          !isSameCondition(grant, one) && samenessOf(grant, spec, one, spec) === Sameness.SAME;
        if (all.slice(0, index).some(isOther)) {
          differs("permissions.additionalGrants", grant, "elsewhere in the description");
        }
      });
      forEachPair(context, (sameness, grant, theirs, other, path) => {
        if (sameness === Sameness.SAME && !isSameCondition(grant, theirs)) {
          differs(path, grant, `in the cluster "${other.name}"`);
        }
      });
    },
  },
];

/** An identity as its stack creates it: whether its ids are known does not matter. */
function placeOf({ name, resourceGroup, subscriptionId }: ResolvedIdentity): ResourceReference {
  return ResourceReference.byName({ name, resourceGroup, subscriptionId });
}

function reportCreatedTwice(spec: ResolvedSpec, other: ResolvedSpec, report: Report): void {
  const { resourceGroup, identities } = spec;
  for (const { path, identity } of placedIdentities(spec)) {
    const { name, existing } = identity;
    const isCreated = placedIdentities(other).some(
      (one) => !one.identity.existing && mayBeOne(placeOf(one.identity), placeOf(identity)),
    );
    if (!existing && isCreated) {
      report(
        `${path}.existing`,
        `The stack of the cluster "${other.name}" creates the identity "${name}" already.`,
        "Set existing to true, so that it is looked up.",
        `${path}.name`,
      );
    }
  }
  for (const [path, { name, create }] of Object.entries({
    resourceGroup,
    "identities.resourceGroup": identities.resourceGroup,
  })) {
    const isCreated = [other.resourceGroup, other.identities.resourceGroup].some(
      (group) => group.create && isSameName(group.name, name),
    );
    if (create && isCreated) {
      report(
        `${path}.create`,
        `A stack of the cluster "${other.name}" creates the resource group "${name}" already.`,
        "Leave create out.",
        path,
      );
    }
  }
}

type VisitPair = (
  sameness: Sameness,
  grant: PlannedGrant,
  theirs: PlannedGrant,
  other: ResolvedSpec,
  path: string,
) => void;

/** Visits the grants of the cluster with those of each cluster in `permissions.sharedWith`. */
function forEachPair({ spec, grants, others }: RuleContext, visit: VisitPair): void {
  others.forEach((other, index) => {
    for (const grant of grants) {
      for (const theirs of other.grants) {
        const sameness = samenessOf(grant, spec, theirs, other.spec);
        visit(sameness, grant, theirs, other.spec, `permissions.sharedWith.${index}`);
      }
    }
  });
}

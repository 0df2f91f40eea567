// HAKS-OWN-001, 002, 004, 005, 009 and 013: the grants that a description adds to the plan. Pure.
import { customRoleName, isNewRole } from "../../access/names";
import { isKnownPrincipal, ownNeed } from "../../access/own-needs";
import { phaseOf, stackSuffix } from "../../access/phases";
import { mayBeOne, principalReference, scopeKey } from "../../access/same-assignment";
import { gives } from "../../access/sufficient-roles";
import { teamWords } from "../../access/words";
import { isSameName } from "../../spec/naming";
import { placedIdentities } from "../../spec/resolved-spec";
import { parseResourceId } from "../../spec/resource-id";
import { ResourceReference } from "../../spec/resource-reference";
import { Role } from "../../spec/roles";
import { GrantingTeam } from "../../spec/granting-team";
import { Rule, RuleContext, reportUnlessOneOf } from "../rule";
import { forEachOwnGrant, isOfIdentities, isResourceType, isWideType, isWithin } from "./grant";

const BEST_PRACTICES = "https://learn.microsoft.com/azure/role-based-access-control/best-practices";

/** Fewest characters of a reason. */
const REASON_LENGTH = 10;

const EXPRESSION = /[$%]\{/;
const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";
const PULLING = [Role.ACR_PULL, Role.REPOSITORY_READER];

/** Parts of the id of a resource that is not part of another one: /subscriptions/…/type/name. */
const ID_OF_RESOURCE = 9;

/** The rules about the grants of a program. */
export const GRANT_RULES: Rule[] = [
  {
    code: "HAKS-OWN-001",
    title: "An additional grant must have a team, a feature, a reason and a source.",
    check: forEachOwnGrant(({ team, feature, why, source }, path, report) => {
      reportUnlessOneOf(report, `${path}.team`, team, GrantingTeam);
      for (const [field, text] of Object.entries({ feature, why })) {
        if (EXPRESSION.test(text)) {
          report(
            `${path}.${field}`,
            "The text is known only when Terraform runs, so it cannot be reviewed.",
            "Write it out, without ${ and %{.",
          );
        }
      }
      if (feature.trim() === "") {
        report(
          `${path}.feature`,
          "The feature that needs the grant is missing.",
          "Name it in a few words, such as external DNS.",
        );
      }
      if (why.trim().length < REASON_LENGTH) {
        report(
          `${path}.why`,
          `"${why}" does not explain the need for the grant.`,
          "Write a sentence for the reviewers.",
        );
      }
      if (!/^https?:\/\/\S+$/.test(source)) {
        report(
          `${path}.source`,
          `"${source}" is not the address of a page.`,
          "Give the page that documents the need, or the decision.",
        );
      }
    }),
  },
  {
    code: "HAKS-OWN-002",
    title: "An additional grant must have a single resource as its scope.",
    source: BEST_PRACTICES,
    check: forEachOwnGrant(({ scope }, path, report) => {
      const { _kind: kind, resourceType: type = "", reference } = scope;
      if (kind !== "resource") {
        return;
      }
      if (!isResourceType(type)) {
        report(
          `${path}.scope`,
          `"${type}" is not a type of resources.`,
          "Use provider and type, such as Microsoft.Network/dnsZones.",
        );
      } else if (isWideType(type)) {
        report(
          `${path}.scope`,
          `A scope of the type ${type} is wider than a resource.`,
          "Grant on each single resource.",
        );
      } else if (type.split("/").length > 2 && reference?.needsLookup === true) {
        report(
          `${path}.scope`,
          `A resource of the type ${type} is part of another one, and its name alone does not find it.`,
          "Give its id: ResourceReference.byId.",
        );
      }
    }),
  },
  {
    code: "HAKS-OWN-004",
    title: "Two stacks must not create the same role assignment or custom role.",
    check: forEachOwnGrant((own, path, report, { spec, grants }) => {
      const { team, role } = own;
      const { principal, scope } = ownNeed(own, spec);
      const stack = stackSuffix(team, phaseOf(principal.kind, scope.kind));
      const others = grants.filter((grant) => stackSuffix(grant.team, grant._phase) !== stack);
      const same = others.find(
        (grant) =>
          isSameName(grant.role.name, role.name) &&
          isSameName(grant.principal.name, principal.name) &&
          scopeKey(grant.scope, spec) === scopeKey(scope, spec),
      );
      if (same) {
        report(
          `${path}.team`,
          `The ${teamWords(same.team)} grants the role "${role.name}" on "${scope.name}" to "${principal.name}" already, and Azure allows it only once.`,
          "Let the same team grant both, or leave this one out.",
        );
        return;
      }
      const definition = isNewRole(role, spec) ? customRoleName(role, scope, spec) : undefined;
      if (
        others.some(
          (grant) =>
            grant.role.key === role.key &&
            customRoleName(grant.role, grant.scope, spec) === definition,
        )
      ) {
        report(
          `${path}.role`,
          `Two stacks would create the custom role "${definition ?? ""}".`,
          "Give the grant of each stack a role with a key and a name that no other role has.",
        );
      }
    }),
  },
  {
    code: "HAKS-OWN-005",
    severity: "warning",
    title: "The kubelet identity should have only rights to pull images.",
    source: "https://learn.microsoft.com/azure/aks/workload-identity-overview",
    check: forEachOwnGrant(({ principal, role }, path, report) => {
      if (principal._kind === "kubelet" && !PULLING.some((one) => gives(one, role))) {
        report(
          `${path}.principal`,
          `Every pod on a node can act as the kubelet identity, and so gets the role "${role.name}".`,
          "Grant it to a workload identity of the pods that need it.",
        );
      }
    }),
  },
  {
    code: "HAKS-OWN-009",
    title:
      "A resource must be given in the same way everywhere in a description: by name or by id.",
    check: forEachOwnGrant(({ principal, scope }, path, report, context) => {
      const { resourceType = "", reference } = scope;
      if (!reference) {
        return;
      }
      const cluster = partOfCluster(resourceType, reference, context);
      const other = context.references.find(
        (one) =>
          isSameName(one.type, resourceType) &&
          one.reference.key !== reference.key &&
          mayBeOne(one.reference, reference),
      );
      if (cluster !== undefined || other) {
        report(
          `${path}.scope`,
          `The resource "${reference.name}" is in the description already, and is given in another way there.`,
          cluster !== undefined
            ? principal.workloadName === undefined && cluster !== ""
              ? `Use ${cluster}.`
              : "Leave it out: it would let the principal act as another one."
            : `Give it as at ${other?.path}, by name or by id.`,
        );
      }
    }),
  },
  {
    code: "HAKS-OWN-013",
    title: "A workload that an additional grant names must be in the description.",
    check: forEachOwnGrant(({ principal }, path, report, { spec }) => {
      if (!isKnownPrincipal(principal, spec)) {
        report(
          `${path}.principal`,
          `The description has no workload "${principal.workloadName}".`,
          "Name one of workloads.",
        );
      }
    }),
  },
];

/** Returns the scope for a resource of the cluster, or for the one that it is part of, if it may be one; "" if none may be. */
function partOfCluster(
  type: string,
  reference: ResourceReference,
  context: RuleContext,
): string | undefined {
  if (isOfIdentities(type)) {
    const found = placedIdentities(context.spec).find((one) =>
      mayBeOne(principalReference(one, context.spec), outermost(reference)),
    );
    return found && (found.kind === "workload" ? "" : `GrantScope.${found.kind}()`);
  }
  return isWithin(type, SUBNETS) && isInNetwork(reference, context)
    ? `GrantScope.subnet("${parseResourceId(reference.id ?? "")?.parents[1] ?? reference.name}")`
    : undefined;
}

function isInNetwork(reference: ResourceReference, { spec, grants }: RuleContext): boolean {
  const network = outermost(reference);
  return network === reference
    ? // A token does not tell the network.
      grants.some(
        ({ scope: { kind, name } }) => kind === "subnet" && isSameName(name, reference.name),
      )
    : mayBeOne(network, spec.network.virtualNetwork);
}

/** Returns the resource that another one is part of, such as the virtual network of a subnet. */
function outermost(reference: ResourceReference): ResourceReference {
  const { id = "" } = reference;
  return parseResourceId(id)?.parents[0] === undefined
    ? reference
    : ResourceReference.byId(id.split("/").slice(0, ID_OF_RESOURCE).join("/"));
}

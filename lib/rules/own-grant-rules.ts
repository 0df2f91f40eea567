// Grants of one's own: what a program may add to the plan. Pure.
import { GrantPlan } from "../access/grant-plan";
import { customRoleName } from "../access/names";
import { ownNeed } from "../access/own-needs";
import { identityReference, mayBeOne, scopeKey } from "../access/same-assignment";
import { gives } from "../access/sufficient-roles";
import { teamWords } from "../access/words";
import { GrantingTeam } from "../spec/granting-team";
import { isSameName } from "../spec/naming";
import { parseResourceId } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Role } from "../spec/roles";
import { entryOf } from "../spec/tables";
import { eachGrant, isResourceType, isWideType } from "./own-grant-check";
import { references } from "../access/placed-references";
import { Rule, oneOf } from "./rule";

const BEST_PRACTICES = "https://learn.microsoft.com/azure/role-based-access-control/best-practices";

/** Fewest characters of a reason that says something. */
const REASON_LENGTH = 10;

const EXPRESSION = /[$%]\{/;

const reasons: Rule = {
  code: "HAKS-OWN-001",
  severity: "error",
  title:
    "A grant of one's own says which team grants it, what needs it, why, and where that is written.",
  check: eachGrant(({ team, feature, why, source }, path) => [
    ...oneOf(`${path}.team`, team, ["identity", "network"]),
    ...Object.entries({ feature, why })
      .filter(([, text]) => EXPRESSION.test(text))
      .map(([field]) => ({
        path: `${path}.${field}`,
        message: "The text is known only to Terraform, or when it runs, and nobody can review it.",
        remedy: "Write it out, without ${ and %{.",
      })),
    ...(feature.trim() === ""
      ? [
          {
            path: `${path}.feature`,
            message: "Nothing says what needs the grant.",
            remedy: "Name it in a few words, such as external DNS.",
          },
        ]
      : []),
    ...(why.trim().length < REASON_LENGTH
      ? [
          {
            path: `${path}.why`,
            message: `"${why}" does not say why the grant is needed.`,
            remedy: "Write a sentence for whoever reviews it.",
          },
        ]
      : []),
    ...(/^https?:\/\/\S+$/.test(source)
      ? []
      : [
          {
            path: `${path}.source`,
            message: `"${source}" is not the address of a page.`,
            remedy: "Give the page that documents the need, or where it was decided.",
          },
        ]),
  ]),
};

const scopes: Rule = {
  code: "HAKS-OWN-002",
  severity: "error",
  title: "A grant of one's own is on one resource.",
  source: BEST_PRACTICES,
  check: eachGrant(({ scope }, path) => {
    const { kind, resourceType: type = "", reference } = scope;
    const problem = (message: string, remedy: string) => [
      { path: `${path}.scope`, message, remedy },
    ];
    if (kind !== "resource") {
      return [];
    }
    if (!isResourceType(type)) {
      return problem(
        `"${type}" is not a type of resources.`,
        "Use provider and type, such as Microsoft.Network/dnsZones.",
      );
    }
    if (isWideType(type)) {
      return problem(
        `A scope of the type ${type} is wider than a resource.`,
        "Grant on each resource that is meant.",
      );
    }
    return type.split("/").length > 2 && reference?.needsLookup === true
      ? problem(
          `A resource of the type ${type} is part of another one, and its name alone does not find it.`,
          "Give its id: ResourceReference.byId.",
        )
      : [];
  }),
};

const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";

/** Parts of the id of a resource that is not part of another one: /subscriptions/…/type/name. */
const ID_OF_RESOURCE = 9;

const twoWays: Rule = {
  code: "HAKS-OWN-009",
  severity: "error",
  title:
    "A resource that a grant of one's own is on, and that is there already, is given in one way.",
  check: eachGrant(({ scope: { resourceType = "", reference } }, path, spec) => {
    const problem = (remedy: string) =>
      reference
        ? [
            {
              path: `${path}.scope`,
              message: `The resource "${reference.name}" is in the description already, and is given in another way there.`,
              remedy,
            },
          ]
        : [];
    if (!reference) {
      return [];
    }
    const cluster = partOfCluster(resourceType, reference, spec);
    if (cluster !== undefined) {
      return problem(`Use ${cluster}.`);
    }
    const other = references(spec).find(
      (one) =>
        isSameName(one.type, resourceType) &&
        one.reference.key !== reference.key &&
        mayBeOne(one.reference, reference),
    );
    return other ? problem(`Give it as at ${other.path}, by name or by id.`) : [];
  }),
};

/** What stands for a resource of the cluster's own, or for what this one is part of, if it may be one. */
function partOfCluster(
  type: string,
  reference: ResourceReference,
  spec: ResolvedSpec,
): string | undefined {
  const [identity, subnet] = [`${IDENTITIES}/`, `${SUBNETS}/`].map((prefix) =>
    `${type}/`.toLowerCase().startsWith(prefix.toLowerCase()),
  );
  if (identity) {
    const kind = (["controlPlane", "kubelet"] as const).find((one) =>
      mayBeOne(identityReference(one, spec), outermost(reference)),
    );
    return kind && `GrantScope.${kind}()`;
  }
  return subnet && isInNetwork(reference, spec)
    ? `GrantScope.subnet("${parseResourceId(reference.id ?? "")?.parents[1] ?? reference.name}")`
    : undefined;
}

function isInNetwork(reference: ResourceReference, spec: ResolvedSpec): boolean {
  const network = outermost(reference);
  return network === reference
    ? // A token does not tell the network.
      GrantPlan._ofResolved(spec).grants.some(
        ({ scope: { kind, name } }) => kind === "subnet" && isSameName(name, reference.name),
      )
    : mayBeOne(network, spec.network.virtualNetwork);
}

/** What a resource is part of, if it is: the virtual network of a subnet. */
function outermost(reference: ResourceReference): ResourceReference {
  const [name] = parseResourceId(reference.id ?? "")?.parents ?? [];
  const id = reference.id ?? "";
  return name === undefined
    ? reference
    : ResourceReference.byId(id.split("/").slice(0, ID_OF_RESOURCE).join("/"));
}

const twoTeams: Rule = {
  code: "HAKS-OWN-004",
  severity: "error",
  title:
    "What one team grants already is not granted by another one, and neither is its custom role made.",
  check: eachGrant((own, path, spec) => {
    const { team, role } = own;
    const { principal, scope } = ownNeed(own, spec);
    const isNetwork = (one: GrantingTeam) => one === GrantingTeam.NETWORK;
    const others = GrantPlan._ofResolved(spec).grants.filter(
      (grant) => isNetwork(grant.team) !== isNetwork(team),
    );
    const same = others.find(
      (grant) =>
        isSameName(grant.role.name, role.name) &&
        isSameName(grant.principal.name, principal.name) &&
        scopeKey(grant.scope, spec) === scopeKey(scope, spec),
    );
    if (same) {
      return [
        {
          path: `${path}.team`,
          message: `The ${teamWords(same.team)} grants the role "${role.name}" on "${scope.name}" to "${principal.name}" already, and Azure knows it only once.`,
          remedy: "Let the same team grant both, or leave this one out.",
        },
      ];
    }
    const definition =
      role.key !== undefined && entryOf(spec.permissions.roleSet.existing, role.key) === undefined
        ? customRoleName(role, scope, spec)
        : undefined;
    const maker = others.find(
      (grant) =>
        grant.role.key === role.key && customRoleName(grant.role, grant.scope, spec) === definition,
    );
    return maker
      ? [
          {
            path: `${path}.role`,
            message: `Both teams would make the custom role "${definition ?? ""}".`,
            remedy: "Give the grant of each team a role with a key and a name of its own.",
          },
        ]
      : [];
  }),
};

const PULLING = [Role.ACR_PULL, Role.REPOSITORY_READER];

const kubelet: Rule = {
  code: "HAKS-OWN-005",
  severity: "warning",
  title: "The kubelet identity gets no rights but to pull images.",
  source: "https://learn.microsoft.com/azure/aks/workload-identity-overview",
  check: eachGrant(({ principal, role }, path) =>
    principal.kind === "kubelet" && !PULLING.some((one) => gives(one, role))
      ? [
          {
            path: `${path}.principal`,
            message: `Every pod on a node can act as the kubelet identity, and so gets the role "${role.name}".`,
            remedy: "Give it to a workload identity of the pods that need it.",
          },
        ]
      : [],
  ),
};

/** The rules about grants of one's own. */
export const OWN_GRANT_RULES: Rule[] = [reasons, scopes, twoTeams, kubelet, twoWays];

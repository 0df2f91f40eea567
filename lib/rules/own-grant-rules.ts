// Grants of one's own: what a program may add to the plan. Pure.
import { handsOutRights } from "../access/actions";
import { GrantPlan } from "../access/grant-plan";
import { customRoleName } from "../access/names";
import { ownNeed } from "../access/own-features";
import { PURPOSES } from "../access/purposes";
import { mayBeOne } from "../access/same-assignment";
import { scopeAddress } from "../access/scope-kinds";
import { GrantingTeam } from "../spec/granting-team";
import { OwnGrant } from "../spec/own-grant";
import { isSameName } from "../spec/naming";
import { isGuid, virtualNetworkIdOf } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Role } from "../spec/roles";
import { references } from "./placed-references";
import { Rule, Violation, oneOf } from "./rule";

const BEST_PRACTICES = "https://learn.microsoft.com/azure/role-based-access-control/best-practices";

/** Fewest characters of a reason that says something. */
const REASON_LENGTH = 10;

/** A check of each grant of one's own. */
function eachGrant(
  check: (grant: OwnGrant, path: string, spec: ResolvedSpec) => Violation[],
): Rule["check"] {
  return (spec) =>
    spec.ownGrants.flatMap((grant, index) => check(grant, `permissions.ownGrants.${index}`, spec));
}

const reasons: Rule = {
  code: "HAKS-OWN-001",
  severity: "error",
  title:
    "A grant of one's own says which team grants it, what needs it, why, and where that is written.",
  check: eachGrant(({ team, feature, why, source }, path) => [
    ...oneOf(`${path}.team`, team, ["identity", "network"]),
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

// What holds resources, or the rights on them.
const WIDE = /^Microsoft\.(Resources|Subscription|Management|Authorization)\//i;
const RESOURCE_TYPE = /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(\/[A-Za-z0-9]+)+$/;

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
    if (!RESOURCE_TYPE.test(type)) {
      return problem(
        `"${type}" is not a type of resources.`,
        "Use provider and type, such as Microsoft.Network/dnsZones.",
      );
    }
    if (WIDE.test(type)) {
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

/** What stands for a resource of the cluster's own, if it may be one. */
function partOfCluster(
  type: string,
  reference: ResourceReference,
  { identities, network: { virtualNetwork } }: ResolvedSpec,
): string | undefined {
  if (isSameName(type, "Microsoft.ManagedIdentity/userAssignedIdentities")) {
    const kind = (["controlPlane", "kubelet"] as const).find(
      (one) =>
        isSameName(identities[one].name, reference.name) &&
        isSameName(identities.resourceGroup.name, reference.resourceGroup ?? ""),
    );
    return kind && `GrantScope.${kind}()`;
  }
  const network = virtualNetworkIdOf(reference.id ?? "");
  return isSameName(type, "Microsoft.Network/virtualNetworks/subnets") &&
    network !== undefined &&
    mayBeOne(ResourceReference.byId(network), virtualNetwork)
    ? `GrantScope.subnet("${reference.name}")`
    : undefined;
}

const roles: Rule = {
  code: "HAKS-OWN-003",
  severity: "error",
  title: "The role of a grant of one's own says what it allows, and cannot hand out rights.",
  source: BEST_PRACTICES,
  check: eachGrant(({ role }, path, spec) => {
    const problem = (message: string, remedy: string) => [
      { path: `${path}.role`, message, remedy },
    ];
    if (handsOutRights(role)) {
      return problem(
        `The role "${role.name}" can hand out rights, or do everything.`,
        "Grant a role for the one thing that is needed.",
      );
    }
    if (role.actions.length + role.dataActions.length === 0) {
      return problem(
        `The role "${role.name}" does not say what it allows, so that nobody can review it.`,
        "Give its actions and data actions to Role.builtIn.",
      );
    }
    if (role.key === undefined) {
      const known = builtInRoles(spec).find(
        (one) => isSameName(one.name, role.name) !== isSameName(one.guid ?? "", role.guid ?? ""),
      );
      if (known) {
        return problem(
          `"${role.name}" with the GUID ${role.guid ?? ""} is another role than "${known.name}" with ${known.guid ?? ""}.`,
          "Use the name and the GUID of one role definition.",
        );
      }
      return isGuid(role.guid ?? "")
        ? []
        : problem(
            `"${role.guid ?? ""}" is not the GUID of the role "${role.name}".`,
            "Use the GUID of the role definition.",
          );
    }
    const other = customRoles(spec).find(
      (one) => isSameRole(one, role) && one.actions.join() !== role.actions.join(),
    );
    return other
      ? problem(
          `There is another custom role "${other.name}" with the key "${other.key ?? ""}", which allows something else.`,
          "Give each role a key and a name of its own.",
        )
      : [];
  }),
};

function builtInRoles({ ownGrants }: ResolvedSpec): Role[] {
  const catalogue: unknown[] = Object.values(Role);
  return [...catalogue, ...ownGrants.map(({ role }) => role)].filter(
    (one): one is Role => one instanceof Role && one.key === undefined,
  );
}

// Both make the definition in Azure: the name there, the key in Terraform.
function isSameRole(a: Role, b: Role): boolean {
  return a.key === b.key || a.name.toLowerCase() === b.name.toLowerCase();
}

function customRoles({ ownGrants }: ResolvedSpec): Role[] {
  return [
    ...Object.values(PURPOSES).map(({ minimal }) => minimal),
    ...ownGrants.map(({ role }) => role),
  ].filter(({ key }) => key !== undefined);
}

const twoTeams: Rule = {
  code: "HAKS-OWN-004",
  severity: "error",
  title:
    "What one team grants already is not granted by another one, and neither is its custom role made.",
  check: eachGrant((own, path, spec) => {
    const { team, role } = own;
    const { principal, scope: target } = ownNeed(own, spec);
    const isNetwork = (one: GrantingTeam) => one === GrantingTeam.NETWORK;
    const others = GrantPlan._ofResolved(spec).grants.filter(
      (grant) => isNetwork(grant.team) !== isNetwork(team),
    );
    const same = others.find(
      (grant) =>
        grant.role.name === role.name &&
        grant.principal.name === principal.name &&
        scopeAddress(grant.scope) === scopeAddress(target),
    );
    if (same) {
      return [
        {
          path: `${path}.team`,
          message: `The ${same.team} team grants the role "${role.name}" on "${target.name}" to "${principal.name}" already, and Azure knows it only once.`,
          remedy: "Let the same team grant both, or leave this one out.",
        },
      ];
    }
    const definition =
      role.key !== undefined && spec.roleSet.existing[role.key] === undefined
        ? customRoleName(role, target, spec)
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

const kubelet: Rule = {
  code: "HAKS-OWN-005",
  severity: "warning",
  title: "The kubelet identity gets no rights but to pull images.",
  source: "https://learn.microsoft.com/azure/aks/workload-identity-overview",
  check: eachGrant(({ principal, role }, path) =>
    principal.kind === "kubelet"
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
export const OWN_GRANT_RULES: Rule[] = [reasons, scopes, roles, twoTeams, kubelet, twoWays];

// Role assignments that are more than the cluster needs. Pure.
import { isSameName } from "../../lib/spec/naming";
import { operationsOf } from "../../lib/access/effective-rights";
import { Role } from "../../lib/spec/roles";
import { command } from "../review/shell";
import { count } from "../review/text";
import { Assignment } from "./exports";
import { nameOf } from "./granted";
import { PlacedRight, RoleFinder, isWithin } from "./rights";
import { Source } from "./source";

/** Why an assignment is more than the cluster needs. */
export type ExcessKind =
  /** az found no name for its principal: it is deleted, or could not be read. */
  | "unresolved"
  /** An identity that the cluster no longer uses has it on the node resource group. */
  | "leftover"
  /** It is on more than the resources that need it. */
  | "wideScope"
  /** The role allows more than the one of the grant plan. */
  | "wideRole"
  /** No feature needs it. */
  | "notNeeded"
  /** A person has it, and not a group. */
  | "person";

/** A role assignment that is more than the cluster needs. */
export interface ExcessRight {
  readonly kind: ExcessKind;
  readonly principal: string;
  readonly principalId: string;
  readonly role: string;
  readonly scope: string;
  /** One to three sentences. */
  readonly why: string;
  /** The command to run first. */
  readonly command?: string;
  /** Id of the role assignment. */
  readonly id: string;
}

const PULLS = [Role.ACR_PULL, Role.REPOSITORY_READER].flatMap(({ guid }) => guid ?? []);

const WRITERS = ["Owner", "Contributor", "User Access Administrator"];

/** Returns the role assignments that are more than the cluster needs. */
export function excessRights(
  source: Source,
  rights: readonly PlacedRight[],
  roleOf: RoleFinder,
): ExcessRight[] {
  return (source.exports.assignments ?? []).flatMap((one) => {
    const found = judged(one, source, rights, roleOf);
    return found
      ? [
          {
            ...found,
            principal: principalName(one, source),
            principalId: one.principalId,
            role: one.role.name,
            scope: one.scope,
            id: one.id,
          },
        ]
      : [];
  });
}

/** Says that a principal has no name in the export, which is no proof that it is gone. */
function unresolved({ principalId, principalType }: Assignment): Judgement {
  const [kind, option] = DIRECTORY[principalType] ?? ["sp", "--id"];
  return {
    kind: "unresolved",
    why: "The principal could not be resolved: it was deleted, it is in another tenant, or az could not read it. Look it up; if it was deleted, delete this role assignment.",
    command: command("az", "ad", kind, "show", option, principalId),
  };
}

const DIRECTORY: { readonly [principalType: string]: readonly [kind: string, option: string] } = {
  Group: ["group", "--group"],
  User: ["user", "--id"],
};

type Judgement = Pick<ExcessRight, "kind" | "why" | "command">;

function judged(
  one: Assignment,
  source: Source,
  rights: readonly PlacedRight[],
  roleOf: RoleFinder,
): Judgement | undefined {
  const { exports, identities, cluster } = source;
  const { controlPlane, kubelet } = identities;
  const subscription = `/subscriptions/${exports.place.subscriptionId}`;
  const group = `${subscription}/resourceGroups/${exports.place.resourceGroup}`;
  const nodes = `${subscription}/resourceGroups/${cluster.text("nodeResourceGroup") ?? ""}`;
  const isOwn = (id: string | undefined) => id !== undefined && isSameName(one.principalId, id);
  const isOnNodes = isSameName(one.scope, nodes);
  if (isOwn(controlPlane.principalId) || isOwn(kubelet.principalId)) {
    // On the group of the nodes, AKS itself gives the control plane its role.
    const isOfAks = isOnNodes && isOwn(controlPlane.principalId);
    return isOfAks ? undefined : judgedOfIdentity(one, rights, roleOf);
  }
  if (one.principalName === "") {
    // A subscription has role assignments of other systems, too.
    const isHere =
      [group, nodes].some((outer) => isWithin(one.scope, outer)) ||
      rights.some(({ right }) => isWithin(right.scope, one.scope));
    return isHere ? unresolved(one) : undefined;
  }
  if (one.principalType === "User") {
    return judgedOfUser(one, group);
  }
  return isOnNodes && one.principalType === "ServicePrincipal"
    ? judgedOnNodes(one)
    : judgedOfDeployer(one, group, rights);
}

function judgedOnNodes({ role: { name } }: Assignment): Judgement | undefined {
  return WRITERS.includes(name)
    ? {
        kind: "leftover",
        why: "The control plane does not work with this principal. AKS leaves the role of an earlier identity on the node resource group: delete the role assignment, unless the principal has another task.",
      }
    : undefined;
}

function judgedOfUser(one: Assignment, group: string): Judgement | undefined {
  return isWithin(one.scope, group) && WRITERS.includes(one.role.name)
    ? {
        kind: "person",
        why: "A person has the role, and the description names groups and service principals only. Use a group.",
      }
    : undefined;
}

function judgedOfIdentity(
  one: Assignment,
  rights: readonly PlacedRight[],
  roleOf: RoleFinder,
): Judgement | undefined {
  const needed = rights.filter(
    ({ right: { principalId = "", scope, status } }) =>
      status !== "new" && isSameName(principalId, one.principalId) && isWithin(scope, one.scope),
  );
  const [first] = needed;
  if (!first) {
    return PULLS.includes(one.role.guid)
      ? {
          kind: "wideScope",
          why: "The nodes pull from all registries in it. The description has a right on each registry: name those that the nodes need in registries.",
        }
      : { kind: "notNeeded", why: "No feature of the cluster needs it." };
  }
  const same = needed.filter(({ right }) => isSameName(right.scope, one.scope));
  const [row] = same;
  if (!row) {
    const scopes = new Set(needed.map(({ right }) => right.scope));
    const example = lastOf(first.right.scope);
    const places =
      scopes.size === 1 ? example : `${count(scopes.size, "resource")} in it, such as ${example}`;
    return {
      kind: "wideScope",
      why: `The cluster needs rights only on ${places}.`,
    };
  }
  const role = roleOf(one);
  if (!role || same.some(({ grant }) => grant.role.guid === role.guid)) {
    return undefined;
  }
  const planned = same.flatMap(({ grant }) => operationsOf(grant));
  const more = operationsOf({ role, scope: row.grant.scope }).filter(
    (operation) => !planned.includes(operation),
  );
  return more.length === 0
    ? undefined
    : {
        kind: "wideRole",
        why: `The role ${row.grant.role.name} is enough; this one allows ${count(more.length, "operation")} more, such as ${more[0] ?? ""}.`,
      };
}

function judgedOfDeployer(
  one: Assignment,
  group: string,
  rights: readonly PlacedRight[],
): Judgement | undefined {
  const deploys = rights.some(
    ({ grant, right: { principalId = "" } }) =>
      grant.principal.kind === "deployer" && isSameName(principalId, one.principalId),
  );
  if (!deploys || !WRITERS.includes(one.role.name)) {
    return undefined;
  }
  const isWide = isWithin(group, one.scope) && !isSameName(group, one.scope);
  return isWide
    ? {
        kind: "wideScope",
        why: "For this cluster, Contributor on its resource group is enough.",
      }
    : one.role.name !== "Contributor" && isSameName(group, one.scope)
      ? {
          kind: "wideRole",
          why: "Contributor is enough; with this role a deployer can grant any right in the resource group.",
        }
      : undefined;
}

function principalName(one: Assignment, { identities, exports }: Source): string {
  const own = [identities.controlPlane, identities.kubelet].find(({ principalId = "" }) =>
    isSameName(principalId, one.principalId),
  );
  return own?.name ?? nameOf(one, exports);
}

function lastOf(scope: string): string {
  return scope.split("/").slice(-2).join("/");
}

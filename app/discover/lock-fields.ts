// The fields of the description about locks, and where az has them. Pure.
import { IDENTITY_LOCK, clusterLocks } from "../../lib/spec/defaults";
import { isSameName } from "../../lib/spec/naming";
import { plain } from "../review/text";
import { AttachedResource, Exports } from "./exports";
import { Row, Source, nonEmptyGroup, present } from "./source";

/** Locks of the cluster, of its resource group and of its identities. */
export const LOCK_ROWS: readonly Row[] = [
  { field: "identities.locked", from: "az lock list", read: areIdentitiesLocked },
  { field: "locks", from: "az lock list", read: locksOf },
];

interface LockDefaults {
  readonly name: string;
  readonly level: string;
}

function areIdentitiesLocked(source: Source): true | undefined {
  const [first, ...more] = identityIds(source);
  const isLocked = (id: string) => lockOf(id, IDENTITY_LOCK, source.exports) !== undefined;
  return first !== undefined && [first, ...more].every(isLocked) ? true : undefined;
}

function locksOf(source: Source): unknown {
  const { exports, note } = source;
  if (exports.locks === undefined) {
    note(
      "locks",
      "No export has locks (az lock list): whether the cluster, its resource group and its identities are locked is not known. The description leaves them out, and Terraform leaves them alone.",
    );
    return undefined;
  }
  const { id, place } = exports;
  const wanted = clusterLocks(place.name);
  const group = id.split("/providers/")[0]!;
  const [cluster, resourceGroup] = [
    lockOf(id, wanted.cluster, exports),
    lockOf(group, wanted.resourceGroup, exports),
  ];
  const described = [
    cluster,
    resourceGroup,
    ...(areIdentitiesLocked(source)
      ? identityIds(source).map((one) => lockOf(one, IDENTITY_LOCK, exports))
      : []),
  ];
  const scopes = [id, group, ...identityIds(source)];
  const isDescribed = (one: AttachedResource) =>
    described.some((other) => other && isSame(one, other));
  const others = exports.locks.filter(
    (one) => scopes.some((scope) => isSameName(scope, one.scope)) && !isDescribed(one),
  );
  for (const one of others.filter((lock, at) => others.findIndex((x) => isSame(x, lock)) === at)) {
    const level = one.content.text("level") ?? "";
    note(
      "locks",
      `The lock "${plain(one.name)}" (${plain(level)}) on ${plain(one.scope)} is none of the description: Terraform leaves it alone.${level === "ReadOnly" ? " Azure refuses each change below it: lift it before the first deployment." : ""}`,
    );
  }
  return nonEmptyGroup(
    present({
      cluster: cluster ? true : undefined,
      resourceGroup: resourceGroup ? true : undefined,
    }),
  );
}

/** Returns the lock that the stack makes on a resource, if it exists: with its name and its level. */
function lockOf(
  scope: string,
  { name, level }: LockDefaults,
  { locks }: Exports,
): AttachedResource | undefined {
  return locks?.find(
    (one) =>
      isSameName(one.scope, scope) &&
      isSameName(one.name, name) &&
      one.content.text("level") === level,
  );
}

function isSame(one: AttachedResource, other: AttachedResource): boolean {
  return isSameName(one.scope, other.scope) && isSameName(one.name, other.name);
}

/** Returns the ids of the identities that were brought; none unless both were. */
function identityIds({ identities: { controlPlane, kubelet } }: Source): string[] {
  const isBrought = controlPlane.kind === "userAssigned" && kubelet.kind === "brought";
  return [controlPlane.id, kubelet.id].flatMap((id) => (isBrought && id !== undefined ? [id] : []));
}

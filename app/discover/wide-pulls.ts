// Role assignments by which nodes pull from registries that no export names. Pure.
import { allowsAction, allowsDataAction } from "../../lib/access/actions";
import { isSameName } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";
import { CATALOGUE } from "../../lib/spec/roles";
import { Assignment, Exports } from "./exports";
import { assignmentsOf } from "./granted";
import { CurrentIdentity } from "./identities";

const PULL = "Microsoft.ContainerRegistry/registries/pull/read";
const READ = "Microsoft.ContainerRegistry/registries/repositories/content/read";

/**
 * Returns the role assignments by which an identity pulls from all registries in a group, a subscription or a management
 * group. Owner, Contributor and Reader allow to pull, too.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-roles
 */
export function widePulls(
  exports: Exports,
  identity: Pick<CurrentIdentity, "principalId">,
): Assignment[] {
  const nodes = exports.cluster.text("nodeResourceGroup") ?? "";
  return assignmentsOf({ exports }, identity).filter(
    ({ scope, role }) =>
      parseResourceId(scope)?.type === undefined &&
      !isSameName(scope.split("/")[4] ?? "", nodes) &&
      [...exports.roles, ...CATALOGUE].some(
        (one) =>
          isSameName(one.guid ?? "", role.guid) &&
          (allowsAction(one, PULL) || allowsDataAction(one, READ)),
      ),
  );
}

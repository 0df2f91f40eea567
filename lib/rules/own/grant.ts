// Helpers of the rules about grants that a description adds: additional grants, and rights of workloads. Pure.
import { ownGrants } from "../../access/own-needs";
import { RESOURCE_TYPES } from "../../access/resource-types";
import { AdditionalGrant } from "../../spec/additional-grant";
import { Report, Rule, RuleContext } from "../rule";

/** Returns a check of each additional grant, and of each right of a workload whose role is one. */
export function forEachOwnGrant(
  check: (grant: AdditionalGrant, path: string, report: Report, context: RuleContext) => void,
): Rule["check"] {
  return (context, report) =>
    ownGrants(context.spec).forEach(({ grant, path }) =>
      check(grant, path, inPlace(report), context),
    );
}

function inPlace(report: Report): Report {
  return (path, ...rest) => {
    report(path.startsWith("workloads.") ? fieldOfRight(path) : path, ...rest);
  };
}

/** A right of a workload has no principal, and another name for its team. */
function fieldOfRight(path: string): string {
  return path.replace(/\.principal$/, "").replace(/\.team$/, ".grantedBy");
}

// Types that hold resources, or rights on them.
const WIDE = /^Microsoft\.(Resources|Subscription|Management|Authorization)\//i;
const RESOURCE_TYPE = /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(\/[A-Za-z0-9]+)+$/;

/** Whether a text can be a type of resources, such as `Microsoft.Network/dnsZones`. */
export function isResourceType(type: string): boolean {
  return RESOURCE_TYPE.test(type);
}

/** Whether resources of a type hold other resources, or the rights on them. */
export function isWideType(type: string): boolean {
  return WIDE.test(type);
}

/** Whether resources of a type are resources of another one, or parts of them. */
export function isWithin(type: string, outer: string): boolean {
  return `${type}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}

/** Whether resources of a type are managed identities, or parts of them, such as federated credentials. */
export function isOfIdentities(type: string): boolean {
  return isWithin(type, RESOURCE_TYPES.identity.type);
}

// What the rules about grants of one's own have in common. Pure.
import { OwnGrant } from "../spec/own-grant";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule, Violation } from "./rule";

/** A check of each grant of one's own. */
export function eachGrant(
  check: (grant: OwnGrant, path: string, spec: ResolvedSpec) => Violation[],
): Rule["check"] {
  return (spec) =>
    spec.permissions.ownGrants.flatMap((grant, index) =>
      check(grant, `permissions.ownGrants.${index}`, spec),
    );
}

// What holds resources, or the rights on them.
const WIDE = /^Microsoft\.(Resources|Subscription|Management|Authorization)\//i;
const RESOURCE_TYPE = /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(\/[A-Za-z0-9]+)+$/;

/** Whether a text can be a type of resources, such as `Microsoft.Network/dnsZones`. */
export function isResourceType(type: string): boolean {
  return RESOURCE_TYPE.test(type);
}

/** Whether what is of a type holds resources, or the rights on them. */
export function isWideType(type: string): boolean {
  return WIDE.test(type);
}

// Helpers of the rules about additional grants. Pure.
import { AdditionalGrant } from "../../spec/additional-grant";
import { Report, Rule, RuleContext } from "../rule";

/** Returns a check of each grant in `permissions.additionalGrants`. */
export function forEachOwnGrant(
  check: (grant: AdditionalGrant, path: string, report: Report, context: RuleContext) => void,
): Rule["check"] {
  return (context, report) =>
    context.spec.permissions.additionalGrants.forEach((grant, index) =>
      check(grant, `permissions.additionalGrants.${index}`, report, context),
    );
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

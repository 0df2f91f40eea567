// HAKS-NET-007: the private DNS zone of the API server. Pure.
import { isRegion, nearestRegion } from "../../spec/regions";
import { NAME_RULES } from "../../spec/naming";
import { Rule } from "../rule";

/** The rule about the private DNS zone. */
export const ZONE_RULE: Rule = {
  code: "HAKS-NET-007",
  title: "The private DNS zone must have a name that AKS accepts in the region.",
  source: "https://learn.microsoft.com/azure/aks/private-clusters",
  check: ({ spec: { privateDns, location: written, network } }, report) => {
    const { zone } = privateDns;
    // The zone of the region that is meant: HAKS-NAME tells that it is misspelled.
    const meant = isRegion(written) ? written : (nearestRegion(written) ?? written);
    const fits = (region: string) => zone?.name.toLowerCase().includes(`.${region}.`) ?? false;
    const location = fits(written) ? written : meant;
    const domain = zoneDomain(location);
    const accepted = [`privatelink.${location}.${domain}`];
    if (network.apiServerSubnet !== undefined) {
      accepted.push(`private.${location}.${domain}`);
    }
    // In a region whose name cannot be one, no zone is right.
    const isName = NAME_RULES.location.pattern.test(written);
    if (isName && zone && !accepted.some((one) => isZoneOrBelow(zone.name.toLowerCase(), one))) {
      report(
        "privateDns.zone",
        `AKS does not accept the zone "${zone.name}" for a cluster in ${location}.`,
        `Use ${accepted.join(" or ")}, or one subzone of it with at most 32 characters.`,
        "location",
      );
    }
  },
};

/** Returns the domain of private API servers in the cloud that a region is in. */
function zoneDomain(location: string): string {
  if (/^(usgov|usdod)/.test(location)) {
    return "cx.aks.containerservice.azure.us";
  }
  return location.startsWith("china") ? "cx.prod.service.azk8s.cn" : "azmk8s.io";
}

/** Whether a name is a zone's, or has one more label of at most 32 characters before it. */
function isZoneOrBelow(name: string, zone: string): boolean {
  return (
    name === zone ||
    (name.endsWith(`.${zone}`) && /^[^.]{1,32}$/.test(name.slice(0, -zone.length - 1)))
  );
}

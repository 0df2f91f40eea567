// The regions of Azure that this version knows, by their short names. Renew the list from `az account list-locations`.
// Last changed on 2026-11-29; it has regions that the SDKs of Azure name and that are not open to all.
// @see https://learn.microsoft.com/azure/reliability/regions-list
import { nearest } from "./nearest";

const REGIONS = [
  "australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral",
  "brazilsouth brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral",
  "denmarkeast eastasia eastus eastus2 eastus3 francecentral francesouth germanynorth",
  "germanywestcentral indonesiacentral israelcentral israelnorthwest italynorth japaneast japanwest",
  "jioindiacentral jioindiawest koreacentral koreasouth malaysiasouth malaysiawest mexicocentral",
  "newzealandnorth northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral",
  "saudiarabiaeast southafricanorth southafricawest southcentralus southcentralus2 southeastasia",
  "southeastus southeastus3 southeastus5 southwestus northeastus5 southeastasia3 southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest",
  "taiwannorth taiwannorthwest uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia",
  "westus westus2 westus3 indiasouthcentral centraluseuap eastus2euap",
  "usdodcentral usdodeast usgovarizona usgovtexas usgovvirginia",
  "chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3",
].flatMap((line) => line.split(" "));

/** Returns the region that an unknown one probably is, such as `westeurope` for `West Europe`. */
export function nearestRegion(location: string): string | undefined {
  return nearest(location.replace(/[\s_-]/g, ""), REGIONS);
}

/** Whether a region is in the list. */
export function isRegion(location: string): boolean {
  return REGIONS.includes(location);
}

// Ranges of IPv4 addresses, with the arithmetic of ip-address. Pure.
import { Address4, Address6 } from "ip-address";

/** A range from CIDR notation; undefined if the text is not one or has bits set beyond its prefix. */
export function parseRange(cidr: string): Address4 | undefined {
  if (!cidr.includes("/") || !Address4.isValid(cidr)) {
    return undefined;
  }
  const range = new Address4(cidr);
  return range.startAddress().correctForm() === range.correctForm() ? range : undefined;
}

/** Returns the reason why a text is not a range, and a remedy. */
export function whyNoRange(text: string): { readonly what: string; readonly remedy: string } {
  if (Address6.isValid(text)) {
    const what = "is an IPv6 address or range, and an IPv4 range belongs here";
    return { what, remedy: "Write an IPv4 range, such as 10.240.0.0/22." };
  }
  if (text.includes("/") && Address4.isValid(text)) {
    const range = new Address4(text);
    const first = `${range.startAddress().correctForm()}/${range.subnetMask}`;
    return { what: "does not start at the first address of its range", remedy: `Write ${first}.` };
  }
  return {
    what: "is not an IPv4 range in CIDR notation",
    remedy: "Write the first address of the range and its prefix, such as 10.240.0.0/22.",
  };
}

/** A single address; undefined if the text is not one. */
export function parseAddress(text: string): Address4 | undefined {
  return !text.includes("/") && Address4.isValid(text) ? new Address4(text) : undefined;
}

/** Whether two ranges share an address. Ranges with a prefix are nested or apart, so containment decides. */
export function overlaps(a: Address4, b: Address4): boolean {
  return a.isInSubnet(b) || b.isInSubnet(a);
}

/** The number of addresses in a range. */
export function addressCount(range: Address4): number {
  return Number(range.endAddress().bigInt() - range.startAddress().bigInt()) + 1;
}

/** The tenth address of a range, where AKS users expect the DNS service; undefined if there is none. */
export function tenthAddress(cidr: string): string | undefined {
  const range = parseRange(cidr);
  return range && range.subnetMask <= 28
    ? range.startAddress().offset(10).correctForm()
    : undefined;
}

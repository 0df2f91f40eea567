// The names of scopes in Terraform addresses, which are a promise. Pure.
import { IDENTITY_IDS, addressName, formerAddressName } from "../spec/address";
import { isIdentityKind } from "../spec/identities";
import { parseResourceId } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { isResourceGroup, resourceTypeOf, typePrefix } from "./resource-types";

/** A scope, as far as its address goes. */
interface AddressedScope {
  readonly kind: string;
  readonly name: string;
  readonly reference?: ResourceReference;
}

/**
 * Returns the name of a scope in Terraform addresses: the same for any place in the description. An identity of
 * the cluster is called after what it is for, since its name may change.
 */
export function scopeAddress({ kind, name, reference }: AddressedScope): string {
  const { prefix } = resourceTypeOf(kind);
  if (isIdentityKind(kind)) {
    return `${prefix}-${IDENTITY_IDS[kind]}`;
  }
  const parents = kind === "subnet" ? [reference?.name ?? []].flat() : parentsOf(reference);
  const group = isResourceGroup(kind) ? [] : (reference?.resourceGroup ?? []);
  const place = [group, parents].flat();
  return [prefix, ...place, name].map(addressName).join("-");
}

/** Returns the name of a scope in the addresses of earlier states. */
export function formerScopeAddress({ kind, name, reference }: AddressedScope): string {
  const { prefix, hadGroup = false } = kind.includes("/")
    ? { prefix: typePrefix(kind), hadGroup: true }
    : resourceTypeOf(kind);
  const place = hadGroup ? [reference?.resourceGroup ?? [], parentsOf(reference)].flat() : [];
  return [prefix, ...[...place, name].map(formerAddressName)].join("-");
}

function parentsOf(reference: ResourceReference | undefined): readonly string[] {
  return parseResourceId(reference?.id ?? "")?.parents ?? [];
}

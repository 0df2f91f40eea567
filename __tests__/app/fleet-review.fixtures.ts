// Access reviews of the clusters of a fleet, for the tests of the review of the fleet.
import { AccessReviewDocument, FleetReviewDocument } from "../../lib";
import {
  CONTROL_PLANE,
  KUBELET,
  OPERATOR,
  PULL,
  SUBNET_JOIN,
  deployer,
  grant,
  identityScope,
  resource,
  reviewOf,
  subnet,
} from "./review.fixtures";

/** The subscription of the clusters. */
export const OWN = "22222222-2222-4222-8222-222222222222";
/** Object ids. */
export const ID = "55555555-5555-4555-8555-555555555551";
export const OTHER_ID = "55555555-5555-4555-8555-555555555552";

/** A registry. */
export const registry = (name: string) =>
  resource("registry", "Microsoft.ContainerRegistry/registries", name);

/** Parts of a cluster that differ from the others. */
export interface Made {
  /** Name of the subnet of the nodes. */
  readonly nodes?: string;
  readonly role?: typeof SUBNET_JOIN;
  readonly kubelet?: string;
  readonly registryName?: string;
  readonly people?: ReturnType<typeof deployer>[];
  readonly condition?: string;
  readonly more?: Partial<AccessReviewDocument>;
}

/** The review of a cluster: deployers that may assign its identity, a control plane with a subnet, a kubelet with a registry. */
export function cluster(name: string, made: Made = {}): AccessReviewDocument {
  const { nodes = `${name}-nodes`, role = SUBNET_JOIN, registryName = "shared" } = made;
  const { people = [deployer("engineers", ID)], condition, more } = made;
  const place = { resourceGroup: "haks-identities", subscriptionId: OWN };
  const own = made.kubelet === undefined ? {} : { resourceGroup: "fleet-identities" };
  const controlPlane = { ...CONTROL_PLANE, ...place, name: `${name}-cp-mi` };
  const kubelet = { ...KUBELET, ...place, ...own, name: made.kubelet ?? `${name}-kubelet-mi` };
  const at = (principal: typeof controlPlane) => ({ ...identityScope(principal), ...place });
  return reviewOf(
    [
      grant(controlPlane, role, subnet(nodes, `${name}-vnet`), { condition }),
      grant(controlPlane, OPERATOR, { ...at(kubelet), ...own }),
      grant(kubelet, PULL, registry(registryName)),
      ...people.map((one) => grant(one, OPERATOR, at(controlPlane))),
    ],
    { cluster: name, subscriptionId: OWN, ...more },
  );
}

/** The rights of a principal. */
export const rightsOf = (review: FleetReviewDocument, principal: string) =>
  review.rights.filter((right) => right.principal === principal);

/** The identities that each cluster has. */
export const EACH = "control plane identity of each cluster";
export const KUBELETS = "kubelet identity of each cluster";

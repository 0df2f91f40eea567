// The address plan: what a cluster needs of each range, what there is, and how far it can grow. Pure.
import { addressCount, parseRange } from "../spec/ip-range";
import { allPools, surgeOf } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Demand, demandsOf, plannedNodes } from "./demands";
import {
  RESERVED_BY_AZURE,
  nodesWithSurge,
  overlayCapacity,
  overlayPrefix,
  subnetPrefix,
} from "./formulas";
import { furtherNodes } from "./growth";

/**
 * Addresses that a cluster needs in a range, and the available ones. A subnet is counted in addresses, the pod range of an overlay
 * in blocks of /24: one for each node.
 */
export interface RangePlan {
  /** Name of the subnet; `pods` for the pod range of an overlay. */
  readonly name: string;
  /**
   * Demands for addresses, with those that Azure reserves.
   *
   * @internal
   */
  readonly _demands: readonly AddressDemand[];
  /** Number of addresses or blocks that are needed; 0 if the cluster does not use the subnet. */
  readonly needed: number;
  /** Longest prefix of a range that holds them, in bits: 22 is /22. */
  readonly neededPrefix: number;
  /**
   * The range, in CIDR notation.
   *
   * @default - unknown
   */
  readonly cidr?: string;
  /**
   * Number of addresses or blocks in the range, with those that Azure reserves.
   *
   * @default - unknown
   */
  readonly available?: number;
  /**
   * Number of addresses or blocks that are left over, negative if there are too few.
   *
   * @default - unknown
   */
  readonly spare?: number;
  /**
   * Maximum number of further nodes until the range is full, with those that their upgrades add, whichever pool gets
   * them all. Limits of AKS on nodes are not considered.
   *
   * @default - unknown, or no pool is in the range
   */
  readonly furtherNodes?: number;
}

/**
 * Addresses that a cluster needs in each range, the available ones, and room for further nodes.
 *
 * Counted are the most nodes of each pool, the nodes that an upgrade adds (by default 33 %), and on
 * each node the most pods. Nodes of node auto-provisioning are not counted.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
 */
export class AddressPlan {
  /** @internal */
  public static _of(spec: ResolvedSpec): AddressPlan {
    const { podNetwork, serviceCidr, dnsServiceIp } = spec.network;
    return new AddressPlan(
      podNetwork._kind,
      subnetPlans(spec),
      serviceCidr,
      spec.nodePools.autoProvisioning,
      dnsServiceIp,
      podNetwork.podCidr === undefined ? undefined : podRangePlan(spec, podNetwork.podCidr),
    );
  }

  private constructor(
    /**
     * Where pods get their addresses from.
     *
     * @internal
     */
    public readonly _podNetwork: string,
    /** The subnets: those that the cluster uses, then others whose range is known. */
    public readonly subnets: RangePlan[],
    /** Range of the services, in CIDR notation. */
    public readonly serviceCidr: string,
    /** Whether AKS creates further nodes, which the address plan does not count. */
    public readonly autoProvisioning: boolean,
    /**
     * Address of the DNS service.
     *
     * @default - none: the range of the services is not one
     */
    public readonly dnsServiceIp?: string,
    /**
     * The range of the pods.
     *
     * @default - none: the pod network is not an overlay
     */
    public readonly podRange?: RangePlan,
  ) {}

  /**
   * Most further nodes until the first range is full, whichever pool gets them all. A subnet whose range is
   * not known does not limit it.
   *
   * @default - no range is known
   */
  public get furtherNodes(): number | undefined {
    const limits = [...this.subnets, ...(this.podRange ? [this.podRange] : [])].flatMap(
      ({ furtherNodes: nodes }) => (nodes === undefined ? [] : [nodes]),
    );
    return limits.length === 0 ? undefined : Math.min(...limits);
  }

  /** The plan of the subnet of this name, if it has one. Names do not depend on the case of letters. */
  public subnet(name: string): RangePlan | undefined {
    return this.subnets.find((plan) => sameName(plan.name, name));
  }
}

function subnetPlans(spec: ResolvedSpec): RangePlan[] {
  const { subnets } = spec.network;
  const demands = demandsOf(spec);
  const names = [...demands.map(({ subnet }) => subnet), ...subnets.map(({ name }) => name)];
  return names
    .filter((name, index) => names.findIndex((other) => sameName(other, name)) === index)
    .map((name) =>
      subnetPlan(
        name,
        demands.filter(({ subnet }) => sameName(subnet, name)),
        subnets.find((known) => sameName(known.name, name))?.cidr,
      ),
    );
}

function subnetPlan(name: string, demands: Demand[], cidr: string | undefined): RangePlan {
  const used = sum(demands.map(({ addresses }) => addresses));
  const unused = demands.length === 0;
  const needed = unused ? 0 : used + RESERVED_BY_AZURE;
  const plan = {
    name,
    _demands: unused ? [] : [...demands.map(publicDemand), RESERVED],
    needed,
    neededPrefix: subnetPrefix(used),
  };
  const range = cidr === undefined ? undefined : parseRange(cidr);
  if (!range) {
    return { ...plan, cidr };
  }
  const available = addressCount(range);
  const spare = available - needed;
  const pools = demands.flatMap(({ growth }) => (growth ? [growth] : []));
  return { ...plan, cidr, available, spare, furtherNodes: furtherNodes(pools, spare) };
}

/** Something that takes addresses of a subnet. */
interface AddressDemand {
  /** `nodes`, `nodesAndPods`, `pods`, `loadBalancers`, `privateEndpoint`, `apiServer` or `reserved`. */
  readonly kind: string;
  /** The same in words, such as `apps: 20 nodes and 7 for upgrades`. */
  readonly what: string;
  readonly addresses: number;
}

const RESERVED: AddressDemand = {
  kind: "reserved",
  what: "reserved by Azure",
  addresses: RESERVED_BY_AZURE,
};

function publicDemand({ kind, what, addresses }: Demand): AddressDemand {
  return { kind, what, addresses };
}

function podRangePlan(spec: ResolvedSpec, cidr: string): RangePlan {
  const pools = allPools(spec).map((pool) => ({
    nodes: plannedNodes(pool),
    perNode: 1,
    maxSurge: surgeOf(pool),
  }));
  const needed = sum(pools.map(({ nodes, maxSurge }) => nodesWithSurge(nodes, maxSurge)));
  const plan = { name: "pods", _demands: [], cidr, needed, neededPrefix: overlayPrefix(needed) };
  const range = parseRange(cidr);
  if (!range) {
    return plan;
  }
  const available = overlayCapacity(range.subnetMask);
  const spare = available - needed;
  return { ...plan, available, spare, furtherNodes: furtherNodes(pools, spare) };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

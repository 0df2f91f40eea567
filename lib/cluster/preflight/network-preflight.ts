// Looks at the subnets and the virtual network, and compares them with the address plan.
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { Construct } from "constructs";
import { VirtualNetwork } from "../../existing/virtual-network";
import { addressName } from "../../spec/address";
import { AddressPlan } from "../../addresses/address-plan";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { azurermFor } from "../../terraform/providers";
import { Assertion } from "./checks";
import { Facts } from "./facts";
import { UsedSubnet, networkChecks, subnetChecks, usedSubnets } from "./network-checks";
import { CheckLookup, TerraformCheck } from "../../hcl/terraform-check";

/** Properties of the checks of the network. */
export interface NetworkPreflightProps {
  readonly spec: ResolvedSpec;
  readonly addresses: AddressPlan;
  readonly virtualNetwork: VirtualNetwork;
  readonly facts: Facts;
}

/** Adds lookups and check blocks, and gives what is to hold before the cluster is made. */
export function networkPreconditions(scope: Construct, props: NetworkPreflightProps): Assertion[] {
  const { spec } = props;
  const { needsLookup, resourceGroup } = spec.network.virtualNetwork;
  if (spec.preflight.network === "off" || resourceGroup === undefined) {
    return [];
  }
  const subnets = usedSubnets(spec, props.addresses);
  if (spec.preflight.network === "enforce") {
    // The runner may lack the right to read a network that is given by its id.
    return needsLookup
      ? [...subnets.flatMap((subnet) => checksOfSubnet(subnet, props)), ...checksOfNetwork(props)]
      : [];
  }
  for (const subnet of subnets) {
    watchSubnet(scope, subnet, props);
  }
  const network = new TerraformCheck(scope, "network", {
    type: DataAzurermVirtualNetwork.tfResourceType,
    config: { name: spec.network.virtualNetwork.name, ...placeOf(scope, spec) },
  });
  network.add(networkChecks(network.lookupAddress, regionOf(props), spec));
  return [];
}

/** A subnet that is looked up, for the cluster itself or for this. */
function checksOfSubnet(
  used: UsedSubnet,
  { spec, virtualNetwork, facts }: NetworkPreflightProps,
): Assertion[] {
  const { addressPrefixes, routeTableId, _hasPrivateLinkPolicies } = virtualNetwork.subnet(
    used.name,
  );
  // A program may give a network by its id.
  if (addressPrefixes === undefined) {
    return [];
  }
  const about = facts.about(`subnet ${used.name}`, {
    address_prefixes: addressPrefixes,
    route_table_id: routeTableId,
    ...(used.publishes
      ? { private_link_service_network_policies_enabled: _hasPrivateLinkPolicies }
      : {}),
  });
  return subnetChecks(used, about, spec);
}

function checksOfNetwork(props: NetworkPreflightProps): Assertion[] {
  const { spec, virtualNetwork, facts } = props;
  const { location, addressSpace } = virtualNetwork;
  if (location === undefined) {
    return [];
  }
  const about = facts.about("virtual network", { location, address_space: addressSpace });
  return networkChecks(about, regionOf(props), spec);
}

function regionOf({ spec, facts }: NetworkPreflightProps): string {
  return facts.value("region", "location", spec.location);
}

function watchSubnet(scope: Construct, used: UsedSubnet, { spec }: NetworkPreflightProps): void {
  const check = new TerraformCheck(scope, `network-${addressName(used.name)}`, {
    type: DataAzurermSubnet.tfResourceType,
    config: {
      name: used.name,
      virtual_network_name: spec.network.virtualNetwork.name,
      ...placeOf(scope, spec),
    },
  });
  check.add(subnetChecks(used, check.lookupAddress, spec));
}

function placeOf(
  scope: Construct,
  { network: { virtualNetwork } }: ResolvedSpec,
): CheckLookup["config"] {
  const provider = azurermFor(scope, virtualNetwork.subscriptionId);
  return {
    resource_group_name: virtualNetwork.resourceGroup,
    ...(provider ? { provider: provider.fqn } : {}),
  };
}

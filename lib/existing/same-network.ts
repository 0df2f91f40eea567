// Whether a network that is passed is that of the description.
import { IConstruct } from "constructs";
import { mayBeOne } from "../access/same-assignment";
import { isKnown } from "../spec/known";
import { ResolvedSpec } from "../spec/resolved-spec";
import { VirtualNetwork } from "./virtual-network";

/**
 * Makes sure that rights and nodes are in one network, as far as it is known which one it is.
 *
 * @throws if it is seen to be another one
 */
export function requireSameNetwork(
  construct: IConstruct,
  { network }: ResolvedSpec,
  given: VirtualNetwork | undefined,
): void {
  const wanted = network.virtualNetwork;
  if (
    given &&
    [given._reference, wanted].every(({ id }) => isKnown(id ?? "")) &&
    !mayBeOne(given._reference, wanted)
  ) {
    throw new Error(
      `[${construct.node.path}] The virtual network "${given.virtualNetworkName}" is not "${wanted.name}" of the description, on which rights are granted. Pass that one, or change network.virtualNetwork.`,
    );
  }
}

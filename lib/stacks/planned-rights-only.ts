// Keeps rights that are not in the grant plan out of the stacks of the identity team and of the NOC.
import { TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { CustomRole } from "../grants/custom-role";
import { Grant } from "../grants/grant";
import { addressOf } from "../hcl/addresses";
import { WorkloadIdentities } from "../identity/workload-identities";
import { FleetPermissions } from "../permissions/fleet-permissions";
import { TeamPermissions } from "../permissions/team-permissions";
import { RenderedStack, problemsWith } from "./rendered-stack";

const RIGHTS = ["azurerm_role_assignment", "azurerm_role_definition"];
const CREDENTIAL = "azurerm_federated_identity_credential";

const isOfPlan = (element: IConstruct) =>
  element instanceof TeamPermissions || element instanceof FleetPermissions;

/**
 * Returns a message about each role assignment and definition of a rendered stack that is not one of a grant plan and, in a
 * stack of workloads, about each credential that the description does not name.
 */
export function unplannedRights(stack: TerraformStack, json: RenderedStack): string[] {
  const made = stack.node
    .findAll()
    .filter(isOfPlan)
    .flatMap(({ node }) => node.findAll())
    .filter((element) => element instanceof Grant || element instanceof CustomRole)
    .map(({ node }) => addressOf(node.defaultChild as TerraformResource));
  const workloads = stack.node.findAll().find((one) => one instanceof WorkloadIdentities);
  const credentials = workloads?.node
    .findAll()
    .filter((one) => TerraformResource.isTerraformResource(one))
    .map(addressOf);
  return problemsWith(stack, json, (type, name) => {
    if (type === CREDENTIAL && credentials && !credentials.includes(`${type}.${name}`)) {
      return `${type}.${name} lets something else than the workloads of the description act as an identity. Add it to workloads, or put it into a separate TeamStack.`;
    }
    return RIGHTS.includes(type) && !made.includes(`${type}.${name}`)
      ? `${type}.${name} is not in the grant plan, so that neither preflight nor access review know it. Add it to permissions.additionalGrants, or put it into a separate TeamStack.`
      : undefined;
  });
}

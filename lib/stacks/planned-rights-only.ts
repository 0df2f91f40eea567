// Keeps rights that are not in the grant plan out of the stacks of the identity team and of the NOC.
import { TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { CustomRole } from "../grants/custom-role";
import { Grant } from "../grants/grant";
import { FleetPermissions } from "../permissions/fleet-permissions";
import { TeamPermissions } from "../permissions/team-permissions";
import { RenderedStack, problemsWith } from "./rendered-stack";

const RIGHTS = ["azurerm_role_assignment", "azurerm_role_definition"];

const isOfPlan = (element: IConstruct) =>
  element instanceof TeamPermissions || element instanceof FleetPermissions;

/** Every role assignment and definition of a rendered stack that is not one of a grant plan. */
export function unplannedRights(stack: TerraformStack, json: RenderedStack): string[] {
  const made = stack.node
    .findAll()
    .filter(isOfPlan)
    .flatMap(({ node }) => node.findAll())
    .filter((element) => element instanceof Grant || element instanceof CustomRole)
    .map(({ node }) => addressOf(node.defaultChild as TerraformResource));
  return problemsWith(stack, json, (type, name) =>
    RIGHTS.includes(type) && !made.includes(`${type}.${name}`)
      ? `${type}.${name} is not in the grant plan, so that neither preflight nor access review know it. Add it to permissions.additionalGrants, or put it into a separate TeamStack.`
      : undefined,
  );
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

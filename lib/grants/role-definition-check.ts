// Looks at the definition of a built-in role that the library does not know, before it is granted.
import { DataAzurermRoleDefinition } from "@cdktf/provider-azurerm/lib/data-azurerm-role-definition";
import { Precondition } from "cdktf";
import { Construct } from "constructs";
import { Role } from "../spec/roles";
import { literal, literals, template, templated } from "../hcl/expressions";
import { TerraformCheck } from "../hcl/terraform-check";

/**
 * Reads the definition of a role by its name: the plan fails if the role can grant rights, or allows more
 * on such resources than it says here, and warns if it has another GUID.
 *
 * @param type type of the resource that it is granted on, such as `Microsoft.Network/dnsZones`; if it is not
 * known, only whether the role grants rights
 */
export function checkRoleDefinition(scope: Construct, role: Role, type?: string): void {
  const { name, guid = "" } = role;
  const data = new DataAzurermRoleDefinition(scope, "role", {
    name,
    lifecycle: {
      postcondition: [
        {
          condition: template(
            `alltrue([for action in ${allowed("actions")} : !(${concerning("microsoft.authorization")} && !endswith(action, "read"))])`,
          ),
          errorMessage: `The role ${templated(name)} can grant rights, or allows everything. Grant a role that allows only what is needed.`,
        },
        ...(type === undefined
          ? []
          : [
              ...saysAll(role, type, "actions", role.actions),
              ...saysAll(role, type, "data_actions", role.dataActions),
            ]),
      ],
    },
  });
  new TerraformCheck(scope, "role-is-the-one").add([
    {
      holds: `lower(reverse(split("/", data.${data.terraformResourceType}.${data.friendlyUniqueId}.id))[0]) == ${literal(guid.toLowerCase())}`,
      message: `The role ${templated(name)} has another GUID than ${guid}, which access reviews, scripts and the preflight go by. Correct it.`,
    },
  ]);
}

function saysAll(
  { name }: Role,
  type: string,
  kind: "actions" | "data_actions",
  said: readonly string[],
): Precondition[] {
  const known = literals(said.map((action) => action.toLowerCase()));
  const about = `[for action in ${allowed(kind)} : action if ${concerning(type.toLowerCase())}]`;
  return [
    {
      condition: template(`length(setsubtract(${about}, ${known})) == 0`),
      errorMessage: `The role ${templated(name)} allows more ${kind.replace("_", " ")} on ${type} than it says here, so that the access review is wrong. Azure gives these:\${join(", ", concat([""], ${about}))}. Give all of them to Role.builtIn.`,
    },
  ];
}

function allowed(kind: "actions" | "data_actions"): string {
  return `[for action in flatten(self.permissions[*].${kind}) : lower(action)]`;
}

// The same as `concerns`, in Terraform.
function concerning(type: string): string {
  const resources = literal(`${type}/`);
  return `(startswith(action, ${resources}) || (strcontains(action, "*") && startswith(${resources}, split("*", action)[0])))`;
}

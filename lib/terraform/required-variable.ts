// A Terraform variable without a default, whose value is checked.
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { FindingText } from "../rules/texts";

/** Properties of a variable. */
export interface RequiredVariableProps {
  readonly description: string;
  /** Pattern of valid values. */
  readonly pattern: RegExp;
  /** Returns the text for an invalid value. */
  readonly invalid: (value: string) => FindingText;
}

/** Returns the value of a variable that must be set; the first use in a scope creates it. */
export function requiredVariable(
  scope: Construct,
  name: string,
  { description, pattern, invalid }: RequiredVariableProps,
): string {
  const found = scope.node.tryFindChild(name) as TerraformVariable | undefined;
  const regex = JSON.stringify(pattern.source.replace(/\\\//g, "/"));
  const variable =
    found ??
    new TerraformVariable(scope, name, {
      type: "string",
      description,
      nullable: false,
      validation: [
        {
          condition: `\${can(regex(${regex}, var.${name}))}`,
          errorMessage: invalid(`\${var.${name}}`).join(" "),
        },
      ],
    });
  return variable.stringValue;
}

// The files of one stack for the hand-off. Pure.
import { HandedBackend, blockOf, takesSettings } from "./backend";
import { Variable } from "./variable";
import { manifestOf } from "./manifest";
import { NATIVE_FILE, splitStack } from "../native";
import { ReadmeProps, renderReadme } from "./readme";
import { Json, JsonObject, StackJson, isObject, mapObject, objectAt } from "./stack-json";
import { renderJson } from "../review/json";
import { TEST_FILE } from "./tests/test-file";
import { exampleBackend } from "./tfbackend";

/** A root module, which a pipeline runs, or a module, which another root module calls. */
export const HANDOFF_KINDS = ["root", "module"] as const;

/** Kind of hand-off. */
export type HandoffKind = (typeof HANDOFF_KINDS)[number];

/** The files of a folder, by name. */
export interface Files {
  readonly [name: string]: string;
}

/** The name of the manifest. */
export const MANIFEST = "MANIFEST.sha256";

/** Input of `folderOf`. */
export interface FolderProps {
  readonly kind: HandoffKind;
  /** The stack with variables, for this kind. */
  readonly json: StackJson;
  readonly variables: Variable[];
  readonly backend: HandedBackend;
  /** The access review, for the approver of a plan. */
  readonly review: string;
  /** The tests for `terraform test`. */
  readonly tests: string;
  readonly readme: Omit<ReadmeProps, "kind" | "json" | "variables" | "backend">;
}

/** Returns a stack for a kind: modules have neither providers nor a backend. */
export function stackFor(kind: HandoffKind, stack: StackJson): JsonObject {
  if (kind === "root") {
    return stack;
  }
  const { provider, terraform, ...others } = stack;
  // Terraform allows import blocks only in root modules.
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => key !== "import"));
  const required = mapObject(objectAt(terraform, "required_providers"), (name, constraint) => {
    const aliases = (provider[name] ?? []).flatMap(({ alias }) =>
      typeof alias === "string" ? [`${name}.${alias}`] : [],
    );
    return {
      ...(constraint as JsonObject),
      ...(aliases.length > 0 ? { configuration_aliases: aliases.sort() } : {}),
    };
  });
  return { ...rest, terraform: { ...terraform, required_providers: required } };
}

/** Returns the files of a stack. */
export function folderOf(props: FolderProps): Files {
  const { kind, json, variables, backend } = props;
  const { json: scanned, native } = splitStack(json);
  const { terraform, provider, data, resource, output, ...others } = scanned as StackJson;
  // Those that the stack has already are among the variables.
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => key !== "variable"));
  const settings = nonEmpty({ ...terraform, backend: undefined, cloud: undefined });
  const backendBlock = kind === "root" ? blockOf(backend) : undefined;
  const blocks: [string, JsonObject][] = [
    ["main.tf.json", nonEmpty({ provider, data, resource })],
    ["variables.tf.json", nonEmpty({ variable: variableBlocks(variables) })],
    ["outputs.tf.json", nonEmpty({ output })],
    ["terraform.tf.json", { ...rest, terraform: settings }],
    ["backend.tf.json", nonEmpty({ terraform: backendBlock })],
  ];
  const files: Files = {
    ...Object.fromEntries(
      blocks.flatMap(([name, block]) =>
        Object.keys(block).length > 0 ? [[name, renderJson(block)]] : [],
      ),
    ),
    [NATIVE_FILE]: native,
    ...(kind === "root" ? { "access-review.md": props.review } : {}),
    ...(kind === "root" && takesSettings(backend)
      ? { "example.tfbackend": exampleBackend(backend) }
      : {}),
    [TEST_FILE]: props.tests,
    "README.md": renderReadme({ ...props.readme, kind, json, variables, backend }),
  };
  return { ...files, [MANIFEST]: manifestOf(files) };
}

function variableBlocks(variables: Variable[]): JsonObject {
  return Object.fromEntries(
    variables.map(({ name, type, description, value, validations }) => [
      name,
      {
        type,
        description,
        ...(value === undefined ? {} : { default: value as Json }),
        nullable: value === null,
        ...(validations.length > 0 ? { validation: validations as unknown as Json } : {}),
      },
    ]),
  );
}

// Drops undefined values and empty objects.
function nonEmpty(blocks: { [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(blocks).flatMap(([name, block]) =>
      block === undefined || (isObject(block) && Object.keys(block).length === 0)
        ? []
        : [[name, block]],
    ),
  );
}

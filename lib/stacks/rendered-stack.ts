// Looks at the resources of a stack as they are in its JSON, with all that came in as overrides.
import { TerraformStack } from "cdktf";

/** The part of a stack's JSON that is looked at. */
export interface RenderedStack {
  readonly resource?: { readonly [type: string]: RenderedElements };
  readonly data?: { readonly [type: string]: RenderedElements };
  readonly module?: RenderedElements;
}

/** Elements of one type, by their names. */
export interface RenderedElements {
  readonly [name: string]:
    { readonly "//"?: { readonly metadata?: { readonly path?: string } } } | null | undefined;
}

/** Returns messages about the resources and modules of a stack, with the path of the construct. */
export function problemsWith(
  stack: TerraformStack,
  { resource = {}, module = {} }: RenderedStack,
  check: (
    type: string,
    name: string,
    attributes: { readonly [name: string]: unknown },
  ) => string | undefined,
): string[] {
  return Object.entries({ ...resource, module }).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, attributes]) => {
      const problem = attributes ? check(type, name, attributes) : undefined;
      // Programs may write a text there.
      const path = attributes?.["//"]?.metadata?.path ?? `${stack.node.path}: ${type}.${name}`;
      return problem === undefined ? [] : [`[${path}] ${problem}`];
    }),
  );
}

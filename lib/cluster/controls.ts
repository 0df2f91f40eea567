// Turns the table of hardened defaults into attributes of the provider's classes. Pure.
import { CONTROLS, Control } from "../spec/controls";
import { ResolvedSpec } from "../spec/resolved-spec";

/** The hardened attributes of the cluster or of a pool, as the exceptions leave them. */
export function controlled(
  on: Control["on"],
  { exceptions }: ResolvedSpec,
): { [attribute: string]: unknown } {
  const taken = exceptions.map(({ name }) => name);
  return Object.fromEntries(
    CONTROLS.filter((control) => control.on === on).map((control) => [
      camelCase(control.attribute),
      camelCased(
        control.exception && taken.includes(control.exception) ? control.weakened : control.value,
      ),
    ]),
  );
}

function camelCased(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [camelCase(key), camelCased(inner)]),
      )
    : value;
}

function camelCase(attribute: string): string {
  return attribute.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

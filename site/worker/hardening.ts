// The hardened attributes as a description leaves them. Pure.
import {
  CHOICE_EXCEPTIONS,
  CONTROLS,
  Control,
  DERIVED,
  SAFEGUARD_EXCEPTIONS,
} from "../../lib/spec/controls";
import { HardeningException } from "../../lib/spec/exceptions";
import { HardenedRow } from "../messages";

const CHOICES: { readonly [name: string]: string } = {
  ...CHOICE_EXCEPTIONS,
  ...SAFEGUARD_EXCEPTIONS,
};

/** Returns a row for each hardened attribute, and for each exception about a choice in the description. */
export function hardeningOf(exceptions: readonly HardeningException[]): HardenedRow[] {
  const taken = ({ name }: HardeningException) => CHOICES[name] !== undefined;
  return [
    ...exceptions.filter(taken).map(({ name, reason }) => ({
      on: "description",
      attribute: name,
      value: "",
      why: plain(CHOICES[name]!),
      exception: name,
      reason,
    })),
    ...CONTROLS.map((control) => controlRow(control, exceptions)),
    ...DERIVED.map(({ resource, attribute, value }) => ({
      on: resource,
      attribute,
      value,
      why: "Follows from the description.",
    })),
  ];
}

function controlRow(
  { on, attribute, value, weakened, why, exception: name }: Control,
  exceptions: readonly HardeningException[],
): HardenedRow {
  const exception = exceptions.find((one) => one.name === name);
  return {
    on,
    attribute,
    value: words(exception ? weakened : value),
    why,
    ...(exception && { exception: exception.name, reason: exception.reason }),
  };
}

function words(value: unknown): string {
  return value === undefined
    ? "not set"
    : typeof value === "string"
      ? value
      : JSON.stringify(value, undefined, 1).replace(/\s+/g, " ");
}

function plain(markdown: string): string {
  return markdown.replace(/`/g, "");
}

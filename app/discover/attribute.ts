// Attributes of azurerm, and where az has them. Pure.
import { canonicalId } from "../../lib/spec/resource-id";
import { Json } from "../handoff/stack-json";
import { Reading } from "./reading";

/** An attribute of a resource that exists. */
export interface ExistingAttribute {
  /** Path in azurerm. */
  readonly attribute: string;
  /** Returns its value; undefined if it is not set. */
  readonly read: (resource: Reading) => Json | undefined;
  /** The field of the description that sets it; by default an override. */
  readonly field?: string;
  /** How to change it in Azure, where no field and no override can say it as it is. */
  readonly instead?: string;
  /** The value of AKS where nothing is set. */
  readonly standard?: Json;
}

type Hints = Pick<ExistingAttribute, "field" | "instead" | "standard">;
type Read = ExistingAttribute["read"];

const row = (attribute: string, read: Read, hints: string | Hints = {}): ExistingAttribute => ({
  attribute,
  read,
  ...(typeof hints === "string" ? { field: hints } : hints),
});

/** An attribute with another form than in az. */
export const computed = row;

/** A text. */
export const text = (attribute: string, from: string, hints?: string | Hints) =>
  row(attribute, (one) => one.text(from), hints);

/** A boolean; `standard` is the value of AKS where az has none. */
export const flag = (attribute: string, from: string, hints?: string | Hints, standard?: boolean) =>
  row(attribute, (one) => one.flag(from) ?? standard, hints);

/** A number. */
export const number = (attribute: string, from: string, hints?: string | Hints) =>
  row(attribute, (one) => one.number(from), hints);

/** The id of a resource. */
export const id = (attribute: string, from: string, hints?: string | Hints) =>
  row(attribute, (one) => idOf(one.text(from)), hints);

/** A list of texts. */
export const texts = (attribute: string, from: string, hints?: string | Hints) =>
  row(attribute, (one) => one.texts(from), hints);

/** A map of texts. */
export const map = (attribute: string, from: string, hints?: string | Hints) =>
  row(attribute, (one) => ({ ...one.map(from) }), hints);

/** The ids of the objects in a list. */
export const ids = (attribute: string, from: string, hints?: string | Hints) =>
  row(attribute, (one) => one.list(from).flatMap((item) => idOf(item.text("id")) ?? []), hints);

/** Returns an id in the spelling of azurerm. */
export function idOf(given: string | undefined): string | undefined {
  return given === undefined ? undefined : canonicalId(given);
}

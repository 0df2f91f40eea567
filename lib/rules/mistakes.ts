// What is wrong with a single value, in the words of the rules. Variables of Terraform say the same. Pure.
import { NameRule } from "../spec/naming";

/** What is wrong, and what to do. */
export interface Mistake {
  readonly message: string;
  readonly remedy: string;
}

/** The id of a key with its version. */
export const KEY_ID =
  /^https:\/\/([A-Za-z0-9-]+)\.[A-Za-z0-9.-]+\/keys\/[A-Za-z0-9-]+\/[A-Za-z0-9]+$/;

/** A name that Azure does not accept. */
export function nameMistake(value: string, { kind, words }: NameRule): Mistake {
  return { message: `"${value}" is not a valid ${kind}.`, remedy: `Use ${words}.` };
}

/** A text that is no GUID. */
export function guidMistake(value: string): Mistake {
  return {
    message: `"${value}" is not a GUID.`,
    remedy:
      "Use 8-4-4-4-12 hexadecimal digits; an object id is not a name and not a /groups/… path.",
  };
}

/** A text that is not the id of a resource of a type. */
export function idMistake(value: string, type: string): Mistake {
  return {
    message: `"${value}" is not the id of a ${type}.`,
    remedy: `Use the full id: /subscriptions/<id>/resourceGroups/<name>/providers/${type.replace(/(\/\w+)(\/\w+)$/, "$1/<name>$2")}/<name>.`,
  };
}

/** A text that is not the id of a key with its version. */
export function keyMistake(value: string): Mistake {
  return {
    message: `"${value}" is not the id of a key with its version.`,
    remedy: "Use https://<vault>.vault.azure.net/keys/<name>/<version>.",
  };
}

/** The name of a tag. */
export const TAG_NAME = /^[^<>%&\\?/]{1,512}$/;

/** Longest value of a tag, in characters. */
export const TAG_LENGTH = 256;

/** A tag that Azure does not take. */
export function tagMistake(tag: string): Mistake {
  return {
    message: `"${tag}" is not a tag that Azure takes.`,
    remedy: `Use a name of 1 to 512 characters without < > % & \\ ? and /, and a value of at most ${TAG_LENGTH}.`,
  };
}

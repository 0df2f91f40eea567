// Ids of Entra ID.
import { IConstruct } from "constructs";
import { isKnown } from "../spec/known";
import { isGuid } from "../spec/resource-id";

/**
 * Makes sure that an id of Entra ID is one, as far as it is known.
 *
 * @throws if it is not
 */
export function requireGuid({ node: { path } }: IConstruct, words: string, id?: string): void {
  if (id !== undefined && isKnown(id) && !isGuid(id)) {
    throw new Error(`[${path}] "${id}" is no ${words}. Use the GUID that Entra ID shows.`);
  }
}

// GUIDs that are computed, so that a lost state or a second writer meets the same object.
import { argument, tokenFor } from "../hcl/token-expression";
import { NAME_SPACE } from "../access/names";

/** Returns the GUID that follows from these texts; case is ignored. */
export function guidOf(...parts: string[]): string {
  return tokenFor(`uuidv5("${NAME_SPACE}", lower(join("|", [${parts.map(argument).join(", ")}])))`);
}

// GUIDs that are computed, so that a lost state or a second writer meets the same object.
import { argument, tokenFor } from "../hcl/token-expression";
import { NAME_SPACE } from "../access/names";

/** The GUID of something that these texts tell apart, whatever the case of their letters. */
export function guidOf(...parts: string[]): string {
  return tokenFor(`uuidv5("${NAME_SPACE}", lower(join("|", [${parts.map(argument).join(", ")}])))`);
}

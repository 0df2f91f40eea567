// HAKS-OWN: the grants and rules that programs add, and clusters that share something.
import { Rule } from "../rule";
import { GRANT_RULES } from "./grants";
import { ROLE_RULES } from "./roles";
import { PROGRAM_RULES } from "./rules";
import { SHARED_RULES } from "./shared";

/** The rules about what programs add. */
export const OWN_RULES: Rule[] = [
  ...GRANT_RULES,
  ...ROLE_RULES,
  ...PROGRAM_RULES,
  ...SHARED_RULES,
].sort((a, b) => (a.code < b.code ? -1 : 1));

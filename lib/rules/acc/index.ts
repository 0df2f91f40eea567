// HAKS-ACC: rights, who grants them, and who gets them.
import { Rule } from "../rule";
import { ACCESS_RULES } from "./access";
import { GRANT_RULES } from "./grants";
import { LIMIT_RULES } from "./limits";

/** The rules about rights. */
export const ACC_RULES: Rule[] = [...GRANT_RULES, ...ACCESS_RULES, ...LIMIT_RULES];

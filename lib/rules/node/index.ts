// HAKS-NODE: node pools and their machines.
import { Rule } from "../rule";
import { MACHINE_RULES } from "./machines";
import { POOL_RULES } from "./pools";

/** The rules about node pools. */
export const NODE_RULES: Rule[] = [...POOL_RULES, ...MACHINE_RULES].sort((a, b) =>
  a.code < b.code ? -1 : 1,
);

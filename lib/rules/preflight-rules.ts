// The modes of the preflight checks. Pure.
import { PREFLIGHT_GROUPS, PREFLIGHT_MODES } from "../spec/preflight";
import { Rule, oneOf } from "./rule";

const modes: Rule = {
  code: "HAKS-PRE-001",
  severity: "error",
  title: "The mode of a group of preflight checks is enforce, warn or off.",
  check: ({ preflight }) =>
    PREFLIGHT_GROUPS.flatMap((group) =>
      oneOf(`preflight.${group}`, preflight[group], PREFLIGHT_MODES),
    ),
};

/** The rules about the preflight checks. */
export const PREFLIGHT_RULES: Rule[] = [modes];

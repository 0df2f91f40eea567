// HAKS-NET: the network.
import { Rule } from "../rule";
import { EGRESS_RULES } from "./egress";
import { NETWORK_FEATURE_RULES } from "./features";
import { RANGE_RULES } from "./ranges";
import { ZONE_RULE } from "./zone";

/** The rules about the network. */
export const NET_RULES: Rule[] = [
  ...RANGE_RULES,
  ZONE_RULE,
  ...NETWORK_FEATURE_RULES,
  ...EGRESS_RULES,
];

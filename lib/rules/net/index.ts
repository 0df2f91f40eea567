// HAKS-NET: the network.
import { Rule } from "../rule";
import { EGRESS_RULES } from "./egress";
import { NETWORK_FEATURE_RULES } from "./features";
import { RANGE_RULES } from "./ranges";

/** The rules about the network. */
export const NET_RULES: Rule[] = [...RANGE_RULES, ...NETWORK_FEATURE_RULES, ...EGRESS_RULES];

// Every rule, one list for each prefix of codes.
import { ACC_RULES } from "./acc";
import { ADD_RULES } from "./add";
import { ADDR_RULES } from "./addr";
import { API_RULES } from "./api";
import { BAK_RULES } from "./bak";
import { FLUX_RULES } from "./flux";
import { HARD_RULES } from "./hard";
import { ID_RULES } from "./id";
import { K8S_RULES } from "./k8s";
import { MESH_RULES } from "./mesh";
import { MON_RULES } from "./mon";
import { NAMING_RULES } from "./name";
import { NET_RULES } from "./net";
import { NODE_RULES } from "./node";
import { OPS_RULES } from "./ops";
import { OVR_RULES } from "./ovr";
import { OWN_RULES } from "./own";
import { PRE_RULES } from "./pre";
import { PREV_RULES } from "./prev";
import { Rule } from "./rule";
import { SUB_RULES } from "./sub";
import { UPG_RULES } from "./upg";
import { WL_RULES } from "./wl";

/** Every rule, in the order in which findings are reported. */
export const ALL_RULES: readonly Rule[] = [
  ...NAMING_RULES,
  ...SUB_RULES,
  ...ID_RULES,
  ...NET_RULES,
  ...API_RULES,
  ...ADDR_RULES,
  ...NODE_RULES,
  ...K8S_RULES,
  ...UPG_RULES,
  ...MESH_RULES,
  ...FLUX_RULES,
  ...ADD_RULES,
  ...BAK_RULES,
  ...OPS_RULES,
  ...MON_RULES,
  ...OVR_RULES,
  ...ACC_RULES,
  ...HARD_RULES,
  ...PRE_RULES,
  ...PREV_RULES,
  ...OWN_RULES,
  ...WL_RULES,
];

// Findings about settings that the first apply would take away from a cluster. Pure.
import {
  OWNED_BY_CLUSTER,
  OWNED_BY_POOL,
  REFUSED_ON_CLUSTER,
  REFUSED_ON_POOL,
  WATCHED_ON_CLUSTER,
  WATCHED_ON_POOL,
} from "../../lib/rules/override-attributes";
import { ResolvedSpec } from "../../lib/spec/resolved-spec";
import { isListed } from "../changes/attribute-effects";
import { isObject } from "../handoff/stack-json";
import { groupBy, listed, plain } from "../review/text";
import { Adoption, AttributeEffect } from "./adoption";
import { AdoptFinding } from "./findings";
import { PlacedAttribute, isClusterOrPool, placeOf } from "./place-of";
import { shown } from "./shown";

const RANGES = "api_server_access_profile.authorized_ip_ranges";

/** Consequences for the cluster when an attribute goes: the first that matches counts. */
const CONSEQUENCES: readonly (readonly [attribute: string, sentence: string])[] = [
  ["aci_connector_linux", "AKS deletes the virtual nodes, and the pods on them stop."],
  ["ai_toolchain_operator_enabled", "AKS removes the operator, and its workspaces stop."],
  [
    RANGES,
    "Everything that comes from another address loses its way to the API server: people, pipelines, and nodes whose egress is there. The range 0.0.0.0/32 lets in the load balancer of the cluster alone.",
  ],
  [
    "azure_active_directory_role_based_access_control.admin_group_object_ids",
    "The members of these groups are no longer administrators of the cluster.",
  ],
  ["automatic_upgrade_channel", "AKS no longer upgrades the cluster by itself."],
  ["configuration_settings", "The extension no longer has these settings."],
  ["cost_analysis_enabled", "Azure stops to collect the costs of namespaces."],
  ["custom_ca_trust_certificates_base64", "New nodes no longer trust these authorities."],
  ["enabled_log", "These logs are no longer sent."],
  [
    "http_application_routing_enabled",
    "AKS removes the ingress controller and its DNS zone: applications behind it are no longer reached.",
  ],
  [
    "http_proxy_config",
    "Nodes and pods then go to the internet without the proxy, and AKS gives all nodes a new image.",
  ],
  [
    "ingress_application_gateway",
    "AKS removes the add-on: the gateway no longer follows the ingresses of the cluster.",
  ],
  ["key_management_service", "Azure no longer encrypts secrets in etcd with this key."],
  [
    "kustomizations",
    "Flux no longer applies what is gone, and deletes what a kustomization with prune has applied.",
  ],
  ["git_repository", "Flux may no longer be able to read the repository."],
  ["kubelet_config", "The nodes get the settings of AKS in place of these."],
  ["linux_os_config", "The nodes get the settings of AKS in place of these."],
  ["maintenance_window", "Azure deletes the window: maintenance may then start at any time."],
  ["microsoft_defender", "Defender no longer watches the cluster."],
  ["monitor_metrics", "Managed Prometheus no longer gets these metrics."],
  [
    "network_profile.load_balancer_profile",
    "Traffic leaves the cluster in another way: its addresses, ports or timeouts change, and connections may break.",
  ],
  ["node_network_profile", "The nodes no longer have these rules of the network."],
  ["node_public_ip_enabled", "The nodes get no public addresses any more."],
  ["node_taints", "Pods that the taint kept away run on the pool."],
  ["oms_agent", "Container Insights no longer gets logs and metrics."],
  ["open_service_mesh_enabled", "AKS removes the mesh: its traffic rules and encryption end."],
  ["run_command_enabled", "The command az aks command invoke no longer works."],
  [
    "service_mesh_profile",
    "The mesh loses what is set here: a revision, a gateway with its address, or the certificates of its authority.",
  ],
  ["tags", "The tags are removed; policies and reports may need them."],
  [
    "web_app_routing",
    "AKS removes the ingress controller: applications behind it are no longer reached.",
  ],
];

/** Identities: the report says what becomes of them. */
const SAID_ELSEWHERE = ["identity", "kubelet_identity", "service_principal"];

/** Returns a finding for each block or attribute that the first apply takes away, or takes something out of. */
export function losses({ effects }: Adoption, spec: ResolvedSpec): AdoptFinding[] {
  const lost = effects.filter((one) => isLoss(one, spec));
  const groups = groupBy(lost, (one) => `${one.address} ${blockOf(one)}`);
  return [...groups.values()].map((group) => lossOf(group, spec));
}

function isLoss(effect: AttributeEffect, spec: ResolvedSpec): boolean {
  const { before, after } = effect;
  const { attribute, row } = placeOf(effect, spec);
  if (attribute === RANGES) {
    return isClosing(effect);
  }
  return (
    (effect.effect === "inPlace" || effect.effect === "rotates") &&
    !isListed(attribute, SAID_ELSEWHERE) &&
    before !== row?.standard &&
    (after === undefined || after === false ? hasValue(before) : losesItem(before, after))
  );
}

/** Whether fewer addresses reach the API server: without ranges, all do. */
function isClosing({ before, after }: AttributeEffect): boolean {
  return Array.isArray(after) && (!Array.isArray(before) || losesItem(before, after));
}

function hasValue(value: unknown): boolean {
  return !["", false, null, undefined].includes(value as undefined);
}

/** Whether a list or a map lacks something that it had. */
function losesItem(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    const kept = after.map(spelled);
    return before.some((one) => !kept.includes(spelled(one)));
  }
  return (
    isObject(before as never) &&
    isObject(after as never) &&
    Object.keys(before as object).some((name) => !Object.hasOwn(after as object, name))
  );
}

function spelled(value: unknown): string {
  return JSON.stringify(value).toLowerCase();
}

function blockOf({ attribute }: AttributeEffect): string {
  const [first, second] = attribute.split(".");
  return first === "default_node_pool" ? `${first}.${second ?? ""}` : first!;
}

function lossOf(group: readonly AttributeEffect[], spec: ResolvedSpec): AdoptFinding {
  const [first] = group as [AttributeEffect];
  const place = detailed(placeOf(first, spec));
  const changes = group.map(
    ({ attribute, before, after }) => `${attribute} from ${shown(before)} to ${shown(after)}`,
  );
  const [, sentence = "Azure has its default again."] =
    CONSEQUENCES.find(([attribute]) => isListed(place.attribute, [attribute])) ?? [];
  return {
    severity: "warning",
    code: "HAKS-ADOPT-009",
    path: canHold(place) ? place.path : place.ignored,
    message: `The first apply takes something away from ${plain(first.address)}: ${listed(changes)}. ${sentence}`,
    remedy: remedyOf(
      place,
      group.map((one) => placeOf(one, spec).attribute),
      first,
    ),
  };
}

function remedyOf(
  place: Place,
  attributes: readonly string[],
  { type, before }: AttributeEffect,
): string {
  if (!isClusterOrPool(type)) {
    return "Describe it as it is in Azure, or make sure that nothing needs it.";
  }
  const { block, row, path, ignored, owned, watched } = place;
  // A block of the description has other attributes, too.
  const names = owned.includes(block) ? attributes.map(pathOf) : [block];
  const whole = path.slice(0, path.indexOf(`.${block}`));
  const ways = [
    ...(row?.field !== undefined
      ? [
          `set ${path} to ${before === undefined ? "an empty list, as in Azure" : `what Azure has: ${shown(before)}`}`,
        ]
      : []),
    ...(row?.field === undefined && canHold(place)
      ? [`write ${block} in ${whole} as it is in Azure`]
      : []),
    ...(watched.includes(block) ? [] : [`name ${listed(names)} in ${ignored} to leave it alone`]),
    "make sure that nothing needs it",
  ];
  const text = `${ways.join(", or ")}.`;
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

/** Returns the path of an attribute for `ignore_changes`. */
function pathOf(attribute: string): string {
  return attribute.replace(/\./g, "[0].");
}

/** An attribute, with what overrides may set there. */
interface Place extends PlacedAttribute {
  readonly block: string;
  readonly owned: readonly string[];
  readonly refused: readonly string[];
  readonly watched: readonly string[];
  /** The field with the attributes that Terraform ignores. */
  readonly ignored: string;
}

function detailed(place: PlacedAttribute): Place {
  const [block = ""] = place.attribute.split(".");
  return place.isPool
    ? {
        ...place,
        block,
        owned: OWNED_BY_POOL,
        refused: Object.keys(REFUSED_ON_POOL),
        watched: WATCHED_ON_POOL,
        ignored: `ignoreChanges.nodePools.${place.pool}`,
      }
    : {
        ...place,
        block,
        owned: OWNED_BY_CLUSTER,
        refused: Object.keys(REFUSED_ON_CLUSTER),
        watched: WATCHED_ON_CLUSTER,
        ignored: "ignoreChanges.cluster",
      };
}

/** Whether the description has a field for an attribute, or an override can hold it. */
function canHold({ row, block, owned, refused, attribute }: Place): boolean {
  return row?.field !== undefined || (!owned.includes(block) && !isListed(attribute, refused));
}

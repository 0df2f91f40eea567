// Texts of findings about a single value, shared with validations of Terraform variables. Pure.
import { NAME_RULES, NameRule } from "../spec/naming";
import { nearestRegion } from "../spec/regions";

/** Message and remedy of a finding. */
export type FindingText = readonly [message: string, remedy: string];

/** The id of a key with its version. */
export const KEY_ID =
  /^https:\/\/([A-Za-z0-9-]+)\.[A-Za-z0-9.-]+\/keys\/[A-Za-z0-9-]+\/[A-Za-z0-9]+$/;

/** The name of a tag. */
export const TAG_NAME = /^[^<>%&\\?/]{1,512}$/;

/** Longest value of a tag, in characters. */
export const TAG_LENGTH = 256;

/** Text for a name that Azure does not accept. */
export function invalidName(value: string, rule: NameRule): FindingText {
  const message = `"${value}" is not a valid ${rule.kind}.`;
  const region = rule === NAME_RULES.location ? nearestRegion(value) : undefined;
  const [, name] = /^\/subscriptions\/.+\/([^/]+)$/.exec(value) ?? [];
  return [message, `Use ${region ?? (name ? `only the name: ${name}` : rule.words)}.`];
}

/** Text for a value that is not a GUID. */
export function invalidGuid(value: string): FindingText {
  return [
    `"${value}" is not a GUID.`,
    "Use 8-4-4-4-12 hexadecimal digits; an object id is not a name and not a /groups/… path.",
  ];
}

/** Text for a value that is not the id of a subscription. */
export function invalidSubscriptionId(value: string): FindingText {
  return [`"${value}" is not a GUID.`, "Use the id of the subscription, not its name."];
}

/** Text for a value that is not the id of a resource of a type. */
export function invalidResourceId(value: string, type: string): FindingText {
  const pattern = type.replace(/(\/\w+)(\/\w+)$/, "$1/<name>$2");
  return [
    `"${value}" is not the id of a ${type}.`,
    `Use the full id: /subscriptions/<id>/resourceGroups/<name>/providers/${pattern}/<name>.`,
  ];
}

/** Text for a value that is not the id of a key with its version. */
export function invalidKeyId(value: string): FindingText {
  return [
    `"${value}" is not the id of a key with its version.`,
    "Use https://<vault>.vault.azure.net/keys/<name>/<version>.",
  ];
}

/** The URL of the OIDC issuer of a cluster: region, tenant and a GUID of the cluster. */
export const ISSUER_URL =
  /^https:\/\/([a-z0-9]+)\.oic\.prod-aks\.azure\.(?:com|us|cn)\/([0-9a-f-]{36})\/[0-9a-f-]{36}\/$/;

/** Text for a URL that is not that of the OIDC issuer of a cluster. */
export function invalidIssuer(value: string): FindingText {
  return [
    `"${value}" is not the OIDC issuer of an AKS cluster.`,
    "Use the output oidc_issuer_url of the cluster stack, with the / at the end.",
  ];
}

/** Text for a tag that Azure does not accept. */
export function invalidTag(tag: string): FindingText {
  return [
    `"${tag}" is not a valid tag.`,
    `Use a name of 1 to 512 characters without < > % & \\ ? and /, and a value of at most ${TAG_LENGTH}.`,
  ];
}

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

/** An id, or the login server of a registry: both are taken for a name, and have it in them. */
const AROUND_NAME = /^\/subscriptions\/.+\/([^/]+)$|^([A-Za-z0-9]+)\.azurecr\.[a-z.]+$/;

/** Text for a name that Azure does not accept. */
export function invalidName(value: string, rule: NameRule): FindingText {
  const message = `"${value}" is not a valid ${rule.kind}.`;
  const region = rule === NAME_RULES.location ? nearestRegion(value) : undefined;
  const [, ofId, ofServer] = AROUND_NAME.exec(value) ?? [];
  const name = ofId ?? (rule === NAME_RULES.registry ? ofServer : undefined);
  return [message, `Use ${region ?? (name ? `only the name: ${name}` : rule.words)}.`];
}

/** Whose id a field has, and what is often taken for it. */
const IDS: { readonly [field: string]: readonly [owner: string, mistaken: string] } = {
  subscriptionId: ["of the subscription", "its name"],
  tenantId: ["of the tenant", "its domain"],
};

/**
 * Text for a value that is not a GUID.
 *
 * @param field name of the field, such as `tenantId`
 */
export function invalidGuid(value: string, field = "objectId"): FindingText {
  const [guid] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/i.exec(value) ?? [];
  const [owner, mistaken] = IDS[field] ?? ["in Entra ID", "a name"];
  return [
    `"${value}" is not a GUID.`,
    guid === undefined
      ? `Use the id ${owner}, with 8-4-4-4-12 hexadecimal digits, and not ${mistaken}.`
      : `Use only the GUID: ${guid}.`,
  ];
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

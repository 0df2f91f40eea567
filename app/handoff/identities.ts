// Sources of the ids of the two identities. Pure.
import { Token, ref } from "cdktf";
import { ClusterSpec, IdentityIds, IdentitySpec } from "../../lib";
import { parseResourceId } from "../../lib/spec/resource-id";

/** A lookup, the ids in the description, or variables that the pipeline sets. */
export const IDENTITY_MODES = ["lookup", "literal", "variable"] as const;

/** Source of the identity ids. */
export type IdentityMode = (typeof IDENTITY_MODES)[number];

/** Names of the variables, which match the outputs of the identity team's stack. */
export const IDENTITY_VARIABLES = {
  controlPlane: { prefix: "control_plane_identity", words: "control plane identity" },
  kubelet: { prefix: "kubelet_identity", words: "kubelet identity" },
} as const;

/** Returns the default source for a description. */
export function identityModeOf({ identities }: ClusterSpec): IdentityMode {
  return identities?.controlPlane?.ids && identities.kubelet?.ids ? "literal" : "lookup";
}

/** Whether a description supports a source: `literal` needs ids. */
export function allowsMode({ identities }: ClusterSpec, mode: IdentityMode): boolean {
  return (
    mode !== "literal" ||
    (identities?.controlPlane?.ids !== undefined && identities.kubelet?.ids !== undefined)
  );
}

/** Returns the description with identities from a source. */
export function withIdentities(spec: ClusterSpec, mode: IdentityMode): ClusterSpec {
  if (mode === "literal") {
    return spec;
  }
  const { identities } = spec;
  const changed = (kind: keyof typeof IDENTITY_VARIABLES): IdentitySpec => ({
    // The place of an identity follows from its ids, which go.
    ...placeOf(identities?.[kind]?.ids),
    ...identities?.[kind],
    ids: mode === "variable" ? variables(IDENTITY_VARIABLES[kind].prefix) : undefined,
  });
  return {
    ...spec,
    identities: {
      ...identities,
      controlPlane: changed("controlPlane"),
      kubelet: changed("kubelet"),
    },
  };
}

function placeOf(ids: IdentityIds | undefined): IdentitySpec {
  const { resourceGroup, subscriptionId } = parseResourceId(ids?.id ?? "") ?? {};
  return { resourceGroup, subscriptionId };
}

// Tokens, so that the rules skip them.
function variables(prefix: string): IdentityIds {
  const variable = (name: string): string => Token.asString(ref(`var.${prefix}_${name}`));
  return {
    id: variable("id"),
    principalId: variable("principal_id"),
    clientId: variable("client_id"),
  };
}

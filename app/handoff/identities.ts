// Where stacks get the ids of the two identities from. Pure.
import { Token, ref } from "cdktf";
import { ClusterSpec, IdentityIds, IdentitySpec } from "../../lib";

/** By lookup, by the ids in the description, or by variables that the pipeline sets. */
export const IDENTITY_MODES = ["lookup", "literal", "variable"] as const;

/** One of the ways. */
export type IdentityMode = (typeof IDENTITY_MODES)[number];

/** What the variables are called: like the outputs of the identity team's stack. */
export const IDENTITY_VARIABLES = {
  controlPlane: { prefix: "control_plane_identity", words: "control plane identity" },
  kubelet: { prefix: "kubelet_identity", words: "kubelet identity" },
} as const;

/** The way that a description takes if nobody says another one. */
export function identityModeOf({ identities }: ClusterSpec): IdentityMode {
  return identities?.controlPlane?.ids && identities.kubelet?.ids ? "literal" : "lookup";
}

/** Whether the description has what a way needs: ids, if they are to be taken from it. */
export function allowsMode({ identities }: ClusterSpec, mode: IdentityMode): boolean {
  return (
    mode !== "literal" ||
    (identities?.controlPlane?.ids !== undefined && identities.kubelet?.ids !== undefined)
  );
}

/** The description in which the identities come in one of the ways. */
export function withIdentities(spec: ClusterSpec, mode: IdentityMode): ClusterSpec {
  if (mode === "literal") {
    return spec;
  }
  const { identities } = spec;
  const changed = (kind: keyof typeof IDENTITY_VARIABLES): IdentitySpec => ({
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

// Tokens, so that the rules pass over them.
function variables(prefix: string): IdentityIds {
  const variable = (name: string): string => Token.asString(ref(`var.${prefix}_${name}`));
  return {
    id: variable("id"),
    principalId: variable("principal_id"),
    clientId: variable("client_id"),
  };
}

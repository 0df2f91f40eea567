// The provider azuread, which looks principals up by their names. Its package is optional: this is the only file that
// loads it, when a principal has no object id.
import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ClusterPlan } from "../plan/cluster-plan";
import { Finding } from "../rules/finding";
import { principalsByName } from "../rules/principals-by-name";
import { AZUREAD } from "../spec/framework";

/** A data source that finds a principal. */
type Lookup = new (
  scope: Construct,
  id: string,
  config: { displayName: string; securityEnabled?: boolean },
) => { readonly objectId: string };

/** The classes of the package. Types of this file only, so that the library compiles without it. */
export interface Azuread {
  readonly AzureadProvider: new (
    scope: Construct,
    id: string,
    config: { tenantId?: string },
  ) => TerraformProvider;
  readonly DataAzureadGroup: Lookup;
  readonly DataAzureadServicePrincipal: Lookup;
}

/** Returns the classes of the package, or undefined if it is not installed. */
export function loadAzuread(): Azuread | undefined {
  try {
    /* eslint-disable @typescript-eslint/no-require-imports -- it may be absent */
    return {
      ...require("@cdktf/provider-azuread/lib/provider"),
      ...require("@cdktf/provider-azuread/lib/data-azuread-group"),
      ...require("@cdktf/provider-azuread/lib/data-azuread-service-principal"),
    } as Azuread;
    /* eslint-enable @typescript-eslint/no-require-imports */
  } catch (error) {
    if (isAbsence(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Returns a finding for each principal that would be looked up, if the package is not installed. */
export function checkPrincipals(plan: ClusterPlan): Finding[] {
  const findings = principalsByName(plan._grants, plan._resolved, plan._previous?._resolved);
  return findings.length === 0 || loadAzuread() ? [] : findings;
}

// Another module that is absent is an error of the package.
function isAbsence(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "MODULE_NOT_FOUND" && message.startsWith(`Cannot find module '${AZUREAD}`);
}

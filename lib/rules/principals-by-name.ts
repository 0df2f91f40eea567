// HAKS-TF-008: principals that are given by their names alone, where the provider that looks them up is absent. Pure.
import { PlannedGrant } from "../access/planned-grant";
import { Severity } from "../spec/custom-rule";
import { AZUREAD, HAS_AZUREAD } from "../spec/framework";
import { Principal, PrincipalType } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Finding } from "./finding";
import { principals } from "./placed-principals";

/** Returns a finding for each principal of a grant plan that has no object id. */
export function principalsByName(
  grants: readonly PlannedGrant[],
  spec: ResolvedSpec,
  previous?: ResolvedSpec,
): Finding[] {
  const isGranted = ({ name, principalType }: Principal) =>
    grants.some(
      ({ principal: { principal: other } }) =>
        other?.objectId === undefined &&
        other?.name === name &&
        other.principalType === principalType,
    );
  const before = previous ? principals(previous) : [];
  return [
    ...principals(spec),
    ...before.map(({ path, principal }) => ({ path: `previous.${path}`, principal })),
  ]
    .filter(({ principal }) => principal.objectId === undefined && isGranted(principal))
    .map(({ path, principal }) => principalByName(path, principal));
}

/** Returns the finding for a principal that has no object id. */
export function principalByName(path: string, { name, principalType }: Principal): Finding {
  const [words, command] =
    principalType === PrincipalType.GROUP
      ? ["group", `az ad group show --group "${name}" --query id`]
      : ["service principal", `az ad sp list --display-name "${name}" --query "[].id"`];
  const [field = ""] = /[a-z]+PrincipalId$/.exec(path) ?? ["objectId"];
  const objectId = `et ${field} to the output of: ${command}`;
  return {
    code: "HAKS-TF-008",
    severity: Severity.ERROR,
    path,
    message: `The ${words} "${name}" has no object id, and the package that looks it up, ${AZUREAD}, is not installed.`,
    remedy: HAS_AZUREAD ? `Install the package, or s${objectId}` : `S${objectId}`,
  };
}

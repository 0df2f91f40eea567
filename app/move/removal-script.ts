// The steps that delete what the cluster no longer uses, as lines of bash. Pure.
import { isSameName } from "../../lib/spec/naming";
import { command } from "../review/shell";
import { deleteApplicationCommand } from "./commands";
import { clientIdOf, oldGrants } from "./old-grants";
import { MovePlan, World, leftPrincipals, principalOf } from "./plan";
import { Step } from "./step";

/** Returns lines that delete the old role assignments of a team. */
export function oldGrantLines({ team }: Step, plan: MovePlan, { exports }: World): string[] {
  const grants = oldGrants(exports, plan).filter((one) => one.team === team);
  if (grants.length === 0) {
    return ["# The exports have none."];
  }
  const left = leftPrincipals(plan);
  const isLeft = (id: string) => left.some((one) => isSameName(one, id));
  const { start } = plan;
  const identities = [
    ...(grants.some(({ principalId }) => isLeft(principalId))
      ? [clientIdOf(plan), start.controlPlane.id, start.kubelet.id]
      : []),
    // Other clusters may need what this one does not.
    ...(["controlPlane", "kubelet"] as const).map((kind) =>
      grants.some(({ principalId }) => principalId === principalOf(kind, plan, exports))
        ? plan[kind].id
        : undefined,
    ),
  ].filter((one): one is string => one !== undefined && one !== "");
  return [
    ...beforeRemoval(plan),
    ...[...new Set(identities.map((one) => one.toLowerCase()))].map((one) =>
      command("unused", one),
    ),
    ...grants.map((one) => command("remove", one.principalId, one.scope, one.id)),
    "if ((open > 0)); then",
    '  agreed "Role assignments to delete: $open."',
    "  finish",
    "fi",
  ];
}

/** Returns lines that delete the application of the service principal. */
export function applicationLines(plan: MovePlan): string[] {
  const clientId = clientIdOf(plan);
  const { principalId } = plan.start.controlPlane;
  const tsv = ["--output", "tsv"];
  const list = command(
    ...["az", "ad", "app", "list", "--filter", `appId eq '${clientId}'`, "--query", "[].appId"],
    ...tsv,
  );
  const roles = command(
    ...["az", "role", "assignment", "list", "--all", "--assignee-object-id", principalId ?? ""],
    ...["--query", "[].id", ...tsv],
  );
  return [
    `found="$(${list})"`,
    'if [[ -n "$found" ]]; then',
    ...beforeRemoval(plan).map((line) => `  ${line}`),
    `  ${command("unused", clientId)}`,
    ...(principalId === undefined
      ? []
      : [
          `  found="$(${roles})"`,
          '  if [[ -n "$found" ]]; then',
          '    stop "The service principal still has roles: $found"',
          "  fi",
        ]),
    "  agreed 'The application is deleted, and can be restored for 30 days.'",
    `  ${command("change", ...deleteApplicationCommand(clientId))}`,
    "  finish",
    "fi",
  ];
}

function beforeRemoval({ way }: MovePlan): string[] {
  return [way === "blue-green" ? "gone" : "moved"];
}

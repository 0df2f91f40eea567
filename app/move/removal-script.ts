// The steps that delete what the cluster no longer uses, as lines of bash. Pure.
import { isSameName } from "../../lib/spec/naming";
import { command } from "../review/shell";
import { deleteApplicationCommand } from "./commands";
import { clientIdOf, oldGrants } from "./old-grants";
import { MovePlan, World, leftIdentities, principalOf } from "./plan";
import { Step } from "./step";
import { isStop, switchesOf, waitLines } from "./waits";

/** Returns lines that delete the old role assignments of a team. */
export function oldGrantLines({ team }: Step, plan: MovePlan, { exports }: World): string[] {
  const grants = oldGrants(exports, plan).filter((one) => one.team === team);
  if (grants.length === 0) {
    return ["# The exports have none."];
  }
  const left = leftIdentities(plan);
  const isLeft = (id: string) => left.some(({ principalId = "" }) => isSameName(principalId, id));
  const identities = [
    ...(grants.some(({ principalId }) => isLeft(principalId))
      ? [clientIdOf(plan), ...left.map(({ id }) => id)]
      : []),
    // Other clusters may need what this one does not.
    ...(["controlPlane", "kubelet"] as const).map((kind) =>
      grants.some(({ principalId }) => principalId === principalOf(kind, plan, exports))
        ? plan[kind].id
        : undefined,
    ),
  ].filter((one): one is string => one !== undefined && one !== "");
  const before = beforeRemoval(plan);
  if (isStop(before)) {
    return before;
  }
  return [
    ...before,
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
  const before = beforeRemoval(plan);
  return [
    `found="$(${list})"`,
    'if [[ -n "$found" ]]; then',
    ...(isStop(before)
      ? before
      : [
          ...before,
          command("unused", clientId),
          ...(principalId === undefined
            ? [command("stop", "The exports do not tell the object id of the service principal.")]
            : [
                command("unassigned", principalId),
                'agreed "The application is deleted, and can be restored for 30 days. Look at its sign-ins first: az sees $(grep -c . <<<"$visible") subscriptions, and neither clusters nor roles that need it."',
                command("change", ...deleteApplicationCommand(clientId)),
                "finish",
              ]),
        ]
    ).map((line) => `  ${line}`),
    "fi",
  ];
}

/** Returns lines that stop unless the cluster works with its new identities, and tokens of the old ones have ended. */
function beforeRemoval(plan: MovePlan): string[] {
  if (plan.way === "blue-green") {
    return ["gone"];
  }
  const switches = switchesOf(plan);
  return ["moved", ...(switches.length > 0 ? waitLines(plan, switches) : [])];
}

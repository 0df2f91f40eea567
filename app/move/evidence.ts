// Checks of the steps of a move against exports: each says whether a step is done, and how that shows. Pure.
import { isIdentityKind } from "../../lib/spec/identities";
import { isSameName } from "../../lib/spec/naming";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { Exports, subscriptionIn } from "../discover/exports";
import { identitiesOf } from "../discover/identities";
import { hasKnownId, scopePath } from "../review/azure";
import { command } from "../review/shell";
import { count, listed } from "../review/text";
import { grantsOf } from "../review/words";
import { OldGrant, clientIdOf, oldGrants } from "./old-grants";
import {
  MovePlan,
  World,
  imagesOf,
  isForAz,
  isTarget,
  leftIdentities,
  principalOf,
  pullGrants,
} from "./plan";
import { isAbout } from "./plan-log";
import { unprovenIn } from "./records";
import { timeText, tokensEnd } from "./waits";

/** Whether a step is done. */
export interface Evidence {
  readonly done: boolean;
  /** One or two sentences. */
  readonly text: string;
}

/** Checks a step. */
export type Check = (world: World, plan: MovePlan) => Evidence;

const NO_ASSIGNMENTS = "The exports have no role assignments: bash export.sh.";

const yes = (text: string): Evidence => ({ done: true, text });
const no = (text: string): Evidence => ({ done: false, text });

/** Whether both identities exist. */
export const identitiesExist: Check = ({ exports }, plan) => {
  const missing = (["controlPlane", "kubelet"] as const).filter(
    (kind) => principalOf(kind, plan, exports) === undefined,
  );
  return missing.length === 0
    ? yes(`${plan.controlPlane.name} and ${plan.kubelet.name} exist.`)
    : no(`The exports do not have ${listed(missing.map((kind) => plan[kind].name))}.`);
};

/** Returns the check that every role assignment of a team exists, with its role and scope. */
export function grantsExist(team: string): Check {
  return ({ exports }, plan) => {
    if (!exports.assignments) {
      return no(NO_ASSIGNMENTS);
    }
    const rows = grantsOf(plan.review, team).filter(hasKnownId);
    const missing = rows.filter((row) => !isGranted(row, exports, plan));
    const [first] = missing;
    return first
      ? no(
          `${missing.length} of ${count(rows.length, "role assignment")} ${missing.length === 1 ? "is" : "are"} missing, such as ${first.role.name} of ${first.principal.name} on ${first.scope.name}.${unseen(
            missing.map((row) => scopeOf(row, plan)),
            exports,
          )}`,
        )
      : yes(`All ${count(rows.length, "role assignment")} exist.`);
  };
}

/** Whether a grant of the review exists in Azure. */
export function isGranted(row: ReviewedGrant, exports: Exports, plan: MovePlan): boolean {
  const { kind, objectId } = row.principal;
  return isGrantedTo(
    isIdentityKind(kind) ? principalOf(kind, plan, exports) : objectId,
    row,
    exports,
    plan,
  );
}

/** Whether a principal has the role of a grant of the review on its scope; without an id, the one of its name. */
export function isGrantedTo(
  id: string | undefined,
  row: ReviewedGrant,
  exports: Exports,
  plan: MovePlan,
): boolean {
  const { principal, role, condition } = row;
  return (exports.assignments ?? []).some(
    (one) =>
      (id === undefined
        ? isSameName(one.principalName ?? "", principal.name)
        : isSameName(one.principalId, id)) &&
      isSameName(one.scope, scopeOf(row, plan)) &&
      (role.guid === undefined
        ? isSameName(one.role.name, role.name)
        : isSameName(one.role.guid, role.guid)) &&
      (one.condition ?? "") === (condition ?? ""),
  );
}

/** Returns the id of a scope. */
export function scopeOf({ scope }: ReviewedGrant, { review, cluster }: MovePlan): string {
  const { subscriptionId = review.subscriptionId ?? cluster.subscriptionId } = scope;
  return `/subscriptions/${subscriptionId}${scopePath(scope)}`;
}

/** Names subscriptions that the exports have no role assignments of: what is missing there may exist. */
function unseen(scopes: readonly string[], exports: Exports): string {
  const seen = seenSubscriptions(exports);
  return [...new Set(scopes.map(subscriptionIn))]
    .filter((one) => !seen.includes(one))
    .map((one) => ` The exports have no role assignments of the subscription ${one}.`)
    .join("");
}

/** Returns the subscriptions that the exports have the role assignments of, or know to be empty. */
export function seenSubscriptions({ assignments = [], completeSubscriptions }: Exports): string[] {
  return [...completeSubscriptions, ...assignments.map(({ scope }) => subscriptionIn(scope))];
}

/** Whether the role assignment that az looks for exists, or is no longer necessary. */
export const operatorExists: Check = ({ exports }, plan) =>
  isTarget(identitiesOf(exports).kubelet, plan.kubelet)
    ? yes("The kubelet identity is switched.")
    : (exports.assignments ?? []).some((one) => isForAz(one, plan, exports))
      ? yes(`Managed Identity Operator on ${plan.kubelet.name} exists.`)
      : no(
          exports.assignments
            ? `${plan.controlPlane.name} lacks Managed Identity Operator on ${plan.kubelet.name}.`
            : NO_ASSIGNMENTS,
        );

/** Whether that role assignment is gone. */
export const operatorGone: Check = ({ exports }, plan) =>
  !exports.assignments
    ? no(NO_ASSIGNMENTS)
    : exports.assignments.some((one) => isForAz(one, plan, exports))
      ? no(`${plan.controlPlane.name} has Managed Identity Operator on ${plan.kubelet.name}.`)
      : yes("The exports have no such role assignment.");

/** Whether the kubelet identity that AKS made can pull, or is no longer that of the nodes. */
export const madeKubeletPulls: Check = ({ exports }, plan) => {
  const { made } = plan;
  const { kubelet } = identitiesOf(exports);
  if (isTarget(kubelet, plan.kubelet)) {
    return yes("The kubelet identity is switched.");
  }
  if (kubelet.kind === "brought" && kubelet.name !== "") {
    return yes(`The nodes work with ${kubelet.name}, which AKS has not made.`);
  }
  if (made?.principalId === undefined) {
    return no("The exports do not show the kubelet identity that AKS makes.");
  }
  if (!exports.assignments) {
    return no(NO_ASSIGNMENTS);
  }
  const missing = pullGrants(plan).filter(
    (row) => !isGrantedTo(made.principalId, row, exports, plan),
  );
  return missing.length === 0
    ? yes(`${made.name} has the right to pull.`)
    : no(`${made.name} cannot pull from ${listed(missing.map(({ scope }) => scope.name))}.`);
};

/** Whether the control plane works with its identity. */
export const controlPlaneMoved: Check = ({ exports }, plan) => {
  const { controlPlane } = identitiesOf(exports);
  const works = `The control plane works with ${nameOf(controlPlane)}.`;
  return isTarget(controlPlane, plan.controlPlane) ? settled(exports, works) : no(works);
};

/** Whether every pool has another node image than before the switch, so that no node works with the service principal. */
export const imagesMoved: Check = ({ exports }, plan) => {
  if (identitiesOf(exports).kubelet.kind === "servicePrincipal") {
    return no("The cluster has a service principal.");
  }
  const images = imagesOf(exports);
  const names = exports.pools.map((pool) => pool.text("name") ?? "");
  const left = names.filter((name) => (images[name] ?? "") === (plan.start.images[name] ?? ""));
  return names.length === 0 || left.length > 0
    ? no(
        left.length > 0
          ? `Node image as before the switch: ${listed(left)}.`
          : "The exports have no node pools.",
      )
    : settled(exports, "Every pool has another node image than before the switch.");
};

/** Whether the nodes work with the kubelet identity. */
export const kubeletMoved: Check = ({ exports }, plan) => {
  const { kubelet } = identitiesOf(exports);
  if (kubelet.name === "") {
    return no("The exports do not show the kubelet identity.");
  }
  const works = `The nodes work with ${nameOf(kubelet)}.`;
  return isTarget(kubelet, plan.kubelet) ? settled(exports, works) : no(works);
};

/** Whether it is another cluster than at the start, with both identities. */
export const recreated: Check = (world, plan) => {
  const uid = world.exports.cluster.text("resourceUid");
  const identities = [controlPlaneMoved(world, plan), kubeletMoved(world, plan)];
  const pending = identities.find(({ done }) => !done);
  return uid === undefined || plan.start.uid === undefined
    ? no("The exports have no resourceUid, which tells the new cluster from the old one.")
    : uid === plan.start.uid
      ? no("It is the cluster of the first exports.")
      : (pending ?? yes("It is another cluster than at the start, with both identities."));
};

/** Returns the check that the Terraform plan of a cluster changes nothing. */
export function planUnchanged(idOf: (plan: MovePlan) => string): Check {
  return ({ log }, plan) => {
    if (!log) {
      return no("The folder of the exports has no plan.jsonl.");
    }
    const [problem] = log.diagnostics.filter((one) => /kubelet identity|^Error/.test(one));
    if (!isAbout(log, idOf(plan))) {
      return no("The plan in plan.jsonl has not read the cluster.");
    }
    if (problem !== undefined) {
      return no(`The plan in plan.jsonl says: ${problem}`);
    }
    return log.changes === 0
      ? yes("The plan in plan.jsonl changes nothing.")
      : no(
          log.changes === undefined
            ? "The plan in plan.jsonl is cut off."
            : `The plan in plan.jsonl changes ${count(log.changes, "resource")}.`,
        );
  };
}

/** Returns the check that the role assignments of earlier identities, and those that no feature needs, are gone. */
export function oldGrantsGone(team: OldGrant["team"]): Check {
  return ({ exports, records = [] }, plan) => {
    if (!exports.assignments) {
      return no(NO_ASSIGNMENTS);
    }
    const left = oldGrants(exports, plan).filter((one) => one.team === team);
    const [first] = left;
    if (first) {
      return no(
        `${count(left.length, "role assignment")} to delete, such as ${first.role.name} of ${first.principal} on ${first.scope.split("/").pop() ?? ""}.`,
      );
    }
    const unproven = unprovenIn(records, plan, team);
    if (unproven !== undefined) {
      return no(unproven);
    }
    const unknown = unknownPrincipal(plan);
    return unknown === undefined ? yes("The exports have none.") : no(unknown);
  };
}

/** Returns a sentence about an earlier identity whose role assignments cannot be found, since no export has its object id. */
export function unknownPrincipal(plan: MovePlan): string | undefined {
  const found = leftIdentities(plan).find(({ principalId }) => principalId === undefined);
  return (
    found &&
    `The exports do not tell the object id of ${found.name}, and so not its role assignments. Export again as a person with the directory role Directory Readers, before the application is deleted.`
  );
}

/** Whether the application is deleted, or has no credentials. */
export const applicationGone: Check = ({ exports }, plan) => {
  const clientId = clientIdOf(plan);
  const found = exports.applications.filter(({ appId }) => isSameName(appId, clientId));
  const live = found.find(({ deleted, ends }) => !deleted && ends.length > 0);
  if (found.some(({ deleted }) => deleted)) {
    return yes("The application is deleted.");
  }
  if (live) {
    return no(`The application has a credential that ends on ${live.ends[0] ?? ""}.`);
  }
  return found.some(({ principalId }) => principalId === undefined)
    ? yes("The application has no credentials.")
    : no("The exports do not have the application.");
};

/** Returns the check that the tokens have ended that were there before switches. */
export function tokensEnded(steps: readonly string[]): Check {
  return ({ now }, plan) => {
    const end = tokensEnd(plan, steps);
    return end === undefined
      ? no("The exports do not show the switch yet.")
      : now >= end
        ? yes(`Tokens of the old identity ended by ${timeText(end)}.`)
        : no(`Tokens of the old identity last until ${timeText(end)}.`);
  };
}

/** Returns the check that people confirmed a step. */
export function confirmed(id: string): Check {
  return (_, plan) =>
    plan.confirmed.includes(id)
      ? yes("Confirmed.")
      : no(
          `No file shows it. Once it is done: ${command(...plan.again, "--confirm", id)}, with --from and the folder of the exports.`,
        );
}

/** Adds that Azure is still at work. */
function settled({ cluster, pools }: Exports, text: string): Evidence {
  const busy = [cluster, ...pools].find(
    (one) => (one.text("provisioningState") ?? "Succeeded") !== "Succeeded",
  );
  return busy
    ? no(
        `${text} But ${busy.text("name") ?? "a part"} is in the state ${busy.text("provisioningState") ?? ""}.`,
      )
    : yes(text);
}

function nameOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return kind === "servicePrincipal"
    ? `the service principal ${name}`
    : kind === "systemAssigned"
      ? "its system-assigned identity"
      : name;
}

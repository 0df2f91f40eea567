// What an edit of a description does to what is live: the data. Pure.
import { stringify } from "yaml";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { Fields } from "../config/file-schema";
import { JsonObject, objectAt } from "../handoff/stack-json";
import { isSameName } from "../../lib/spec/naming";
import { PreviousOutput } from "./previous-output";
import { Remedy, RemedyInput, remedyFor } from "./remedy";
import { Fate, ResourceChange, Stacks, resourceChanges } from "./resource-changes";
import { RightChange, RightFate, rightChanges } from "./right-changes";

/** What an edit does. */
export interface Changes {
  readonly cluster: string;
  /** The name of before, if it is another one: its stacks stay as they are. */
  readonly renamedFrom?: string;
  /** Whether something live is lost. */
  readonly lost: boolean;
  readonly rights: RightChange[];
  readonly resources: ResourceChange[];
  /** Stacks of today without an earlier version to compare them with. */
  readonly notCompared: string[];
  readonly remedy: Remedy;
}

/** What is compared. */
export interface ChangesInput extends Pick<RemedyInput, "content" | "reviewWith"> {
  readonly previous: PreviousOutput;
  readonly review: AccessReviewDocument;
  readonly stacks: Stacks;
}

const LOST_RIGHTS: readonly RightFate[] = ["lost", "replaced", "notHandedOver"];
const LOST_RESOURCES: readonly Fate[] = ["refused", "replaced", "destroyed", "notHandedOver"];

/** Returns what an edit does. */
export function changesOf(input: ChangesInput): Changes {
  const { previous, review, stacks } = input;
  const before = previous.review;
  const renamedFrom = formerName(previous, review.cluster, stacks);
  if (renamedFrom !== undefined) {
    return {
      cluster: review.cluster,
      renamedFrom,
      lost: false,
      rights: review.grants.map((grant) => ({ fate: "added", grant })),
      resources: [],
      notCompared: [],
      remedy: { prevented: [] },
    };
  }
  const rights = before ? rightChanges(before, review) : [];
  const resources = resourceChanges(previous.stacks, stacks).filter((change) =>
    isTold(change, before ? rights : undefined),
  );
  return {
    cluster: review.cluster,
    lost: rights.some(({ fate }) => LOST_RIGHTS.includes(fate)) || resources.some(isLost),
    rights,
    resources,
    notCompared: stackNames(review.cluster).filter((name) => !previous.stacks.has(name)),
    remedy: before
      ? remedyFor(rights, { ...input, before, keyId: keyIdIn(previous.stacks) })
      : { prevented: [] },
  };
}

/** Whether something live is lost with a resource. A role definition alone gives no right. */
export function isLost({ fate, type }: ResourceChange): boolean {
  return LOST_RESOURCES.includes(fate) && type !== "azurerm_role_definition";
}

function stackNames(cluster: string): string[] {
  return ["identities", "network-permissions", "cluster"].map((suffix) => `${cluster}-${suffix}`);
}

/** The lines to write into the description. */
export function yamlOf(previous: Fields): string {
  return stringify({ previous }, { lineWidth: 0 }).trimEnd();
}

/** What is told of resources: of role assignments, only what their rights do not say. */
function isTold({ type, fate, address }: ResourceChange, rights?: RightChange[]): boolean {
  if (type === "azurerm_role_definition") {
    return ["inPlace", "replaced"].includes(fate);
  }
  if (type !== "azurerm_role_assignment" || !rights) {
    return true;
  }
  const said = rights
    .filter((change) => change.fate !== "exchanged")
    .flatMap(({ grant, before }) => [grant.address, before?.address]);
  return (
    ["replaced", "destroyed", "notHandedOver"].includes(fate) &&
    !said.some((one) => address === `${type}.${one}`)
  );
}

function formerName({ review, stacks: old }: PreviousOutput, cluster: string, stacks: Stacks) {
  if (review) {
    return isSameName(review.cluster, cluster) ? undefined : review.cluster;
  }
  const own = [...old.keys()].find((name) => name.endsWith("-cluster"));
  return own === undefined || [...old.keys()].some((name) => stacks.has(name))
    ? undefined
    : own.replace(/-cluster$/, "");
}

function keyIdIn(stacks: Stacks): string | undefined {
  for (const stack of stacks.values()) {
    const clusters = objectAt(stack, "resource", "azurerm_kubernetes_cluster");
    for (const name of Object.keys(clusters)) {
      const { key_vault_key_id: id }: JsonObject = objectAt(
        clusters,
        name,
        "key_management_service",
      );
      if (typeof id === "string" && !id.includes("${")) {
        return id;
      }
    }
  }
  return undefined;
}

// Synthesizes one part of a fleet: the stacks and the review of a cluster, or the two stacks that all share.
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { FLEET } from "../../lib/access/fleet-rows";
import { sharedStacks } from "../../lib/stacks/fleet-stacks";
import { stackName } from "../../lib/stacks/stack-prefix";
import { version } from "../../package.json";
import { TextFile } from "../files";
import { stableText } from "../review/json";
import { withProvenance } from "../review/provenance";
import { requestFiles, reviewFiles } from "../review/documents";
import { stackTexts } from "../stack-files";
import { StackText, stackFiles } from "../stack-texts";
import { STACK_ROLES, STACK_TEAMS } from "../handoff/stack-roles";
import { clusterStacks } from "../output";
import { FIRST_STAGE, FleetStackEntry } from "./fleet-index";
import { LoadedCluster, LoadedFleet } from "./load-fleet";

/** A part of a fleet: a cluster, or the stacks that all share. */
export interface FleetPart {
  /** Name of the cluster; undefined for the stacks that all share. */
  readonly cluster?: string;
  readonly stacks: StackEntry[];
}

/** A stack that is not compared yet. */
export type StackEntry = Omit<FleetStackEntry, "changed">;

/** Returns the stacks that all clusters share, with their files and the requests to the teams. */
export function sharedPart({ plan, terraform, clusters }: LoadedFleet): [FleetPart, TextFile[]] {
  const { stacks } = stackTexts(clusters[0]!.file, (app) =>
    sharedStacks(app, { ...terraform, fleet: plan }),
  );
  const [entries, files] = entriesOf(stacks, { stage: 1, before: [] });
  const requests = requestFiles(plan._review());
  return [
    { stacks: entries },
    [
      ...files,
      ...requests.map(([path, text]): TextFile => [join(reviewFolder(FLEET), path), text]),
    ],
  ];
}

/**
 * Returns a cluster of a fleet, with its files.
 *
 * @param commit of the description
 */
export function clusterPart(
  { plan, file }: LoadedCluster,
  { terraform }: LoadedFleet,
  commit?: string,
): [FleetPart, TextFile[]] {
  const { name } = plan._resolved;
  const { stacks } = stackTexts(file, (app) => clusterStacks(app, { plan, terraform }));
  const before = [stackName(`${FLEET}-network-permissions`, terraform)];
  const [entries, files] = entriesOf(stacks, { stage: FIRST_STAGE, before, cluster: name });
  const review = reviewFiles(withProvenance(plan.review(), commit));
  return [
    { cluster: name, stacks: entries },
    [...files, ...review.map(([path, text]): TextFile => [join(reviewFolder(name), path), text])],
  ];
}

/** Returns the folder of the access review of a cluster, relative to the output folder. */
export function reviewFolder(cluster: string): string {
  return `reviews/${cluster}`;
}

/** Returns the checksum of everything that a cluster of a fleet is made of. */
export function madeOf({ plan }: LoadedCluster, fleet: LoadedFleet, commit?: string): string {
  const { _resolved: spec, _grants: grants } = plan;
  return sha256(
    stableText([version, commit, fleet.terraform, { ...spec, customRules: undefined }, grants]),
  );
}

/** Returns stacks as entries of the index, each depending on the one before it in its cluster, and their files. */
function entriesOf(
  stacks: StackText[],
  { stage, before, cluster }: { stage: number; before: string[]; cluster?: string },
): [StackEntry[], TextFile[]] {
  const files = stacks.map(stackFiles);
  const entries = stacks.map(({ name, path }, index) => {
    // A stack after the cluster may be there without the ones before it.
    const place = STACK_ROLES.findIndex((role) => name.endsWith(`-${role}`));
    return {
      name,
      team: STACK_TEAMS[STACK_ROLES[place]!],
      ...(cluster === undefined ? {} : { cluster }),
      folder: dirname(path).split("\\").join("/"),
      stage: stage + place,
      dependsOn: index === 0 ? before : [stacks[index - 1]!.name],
      checksum: checksumOf(files[index]!.map(([, text]) => text)),
    };
  });
  return [entries, files.flat()];
}

/** Returns the checksum of the files of a stack, in their order. */
export function checksumOf(texts: readonly string[]): string {
  return sha256(texts.join("\0"));
}

function sha256(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

// hardened-aks move: the runbook of a move to brought identities, and how far it is.
import { join } from "node:path";
import { isSameName } from "../../../lib/spec/naming";
import { ClusterPlan } from "../../../lib";
import { loadConfiguration } from "../../config/load";
import { Exports } from "../../discover/exports";
import { readExports } from "../../discover/read-folder";
import { UsageError, configFile } from "../../environment";
import { FindingsError } from "../../finding";
import { documentOf, MoveDocument } from "../../move/document";
import { waySentence } from "../../move/markdown";
import { readMemory, readPlanLog, readRecords } from "../../move/memory";
import { MovePlan, Way, isInPlace, planOf, wayOf } from "../../move/plan";
import { remember } from "../../move/remember";
import { stepsOf } from "../../move/steps";
import { writeMove } from "../../move/write";
import { command } from "../../review/shell";
import { plain } from "../../review/text";
import { teamName } from "../../review/words";
import { STATUS } from "../findings";
import { Io, print, printJson } from "../io";

interface Options {
  readonly from: string;
  readonly config?: string;
  readonly out?: string;
  readonly way?: Way;
  readonly confirm?: string[];
  readonly json?: boolean;
}

/** Writes the runbook, and prints the state of each step. */
export function move(options: Options, io: Io): Promise<number> {
  const { from, config, out = "move", way, confirm = [], json } = options;
  const file = configFile(config);
  const description = loadConfiguration(file).plan;
  const exports = readExports(from);
  const memory = readMemory(out, exports);
  const world = { now: new Date(), exports, log: readPlanLog(from), records: readRecords(from) };
  const planned = planOf(exports, description, memory, way);
  const again = ["hardened-aks", "move", "--config", file, "--out", out];
  const begun = remember({ ...planned, again }, world);
  checkCluster(begun, description, exports, file);
  const called = wayOf(begun.start, begun);
  if (isInPlace(begun) && begun.way !== called) {
    throw new UsageError(
      called === "brought"
        ? "The cluster works with the identities of the description: leave --way out."
        : `The exports call for the way ${called}, and not for ${begun.way}.`,
    );
  }
  const manual = stepsOf(begun, world).flatMap(({ id, isManual }) => (isManual ? [id] : []));
  const unknown = confirm.find((id) => !manual.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(
      manual.length === 0
        ? `"${unknown}" cannot be confirmed: files in the folder of the exports show every step of this way.`
        : `"${unknown}" cannot be confirmed. Files in the folder of the exports show every step but ${manual.join(", ")}.`,
    );
  }
  const plan = { ...begun, confirmed: [...new Set([...begun.confirmed, ...confirm])] };
  const document = documentOf(world, plan);
  const files = writeMove(document, plan, world, out).map((name) => join(out, name));
  if (json) {
    printJson(io, document);
  } else {
    print(io, linesOf(document, plan, files, out));
  }
  return Promise.resolve(STATUS.ok);
}

function linesOf(document: MoveDocument, plan: MovePlan, files: string[], out: string): string[] {
  const { steps, doubts, complete } = document;
  return [
    waySentence(plan),
    ...steps.map(
      ({ state, team, id, evidence }) =>
        `  ${state.padEnd(5)} ${teamName(team).padEnd(13)} ${id.padEnd(21)} ${plain(evidence)}`,
    ),
    ...doubts.map((one) => `Stop and look: ${plain(one)}`),
    complete ? "Nothing is left to do." : "Do the next steps, export again, and compare:",
    ...(complete
      ? []
      : [
          `  ${command("bash", join(out, "export.sh"), "NEW_FOLDER")}`,
          `  ${command(...plan.again, "--from", "NEW_FOLDER")}`,
          "Files:",
          ...files.map((name) => `  ${name}`),
        ]),
  ];
}

/** Refuses a description of another cluster, and for a second cluster that of the same one. */
function checkCluster(
  { way }: MovePlan,
  { _resolved: spec }: ClusterPlan,
  { place }: Exports,
  file: string,
): void {
  const { subscriptionId = place.subscriptionId } = spec;
  const isSame =
    isSameName(spec.name, place.name) &&
    isSameName(spec.resourceGroup.name, place.resourceGroup) &&
    isSameName(subscriptionId, place.subscriptionId);
  if (isSame === (way === "blue-green")) {
    throw new FindingsError([
      {
        severity: "error",
        code: "HAKS-MOVE-001",
        file,
        message: isSame
          ? `The description is of the cluster "${spec.name}" itself, and the way blue-green makes a second one.`
          : `The description is of the cluster "${spec.name}" in "${spec.resourceGroup.name}", and the exports are of "${place.name}" in "${place.resourceGroup}".`,
        remedy: isSame
          ? "Copy the description, give the copy another name, and keep the names of the identities."
          : "Name the description of the exported cluster, or use --way blue-green for a second cluster.",
      },
    ]);
  }
}

// The matrices of a fleet for Azure Pipelines, which a job takes from an output variable. Pure.
import { createHash } from "node:crypto";
import { TextFile } from "../../files";
import { renderJson } from "../../review/json";
import { FleetIndex } from "../fleet-index";
import { Row, foldersOf, stagesOf } from "./rows";

/** A value of `strategy.matrix`: the variables of each job, by its name. Without a job it is an error. */
interface Matrix {
  [name: string]: { readonly ROW: string; readonly FOLDERS: string };
}

const MAX_LENGTH = 100;
// Hyphens become underscores. Everything else needs a mark, so that no two names become the same.
const PLAIN = /^[a-z][a-z0-9-]*$/;
const MARK_LENGTH = 8;

/**
 * Returns the file of Azure Pipelines: for each stage, a matrix of the changed and one of all stacks.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/jobs-job-strategy
 */
export function azurePipelinesFile(index: FleetIndex): TextFile {
  const stages = stagesOf(index).map(({ changed, all, ...stage }) => ({
    ...stage,
    changed: matrixOf(changed),
    all: matrixOf(all),
  }));
  return ["engines/azure-pipelines.json", renderJson({ stages })];
}

function matrixOf(rows: readonly Row[]): Matrix {
  return Object.fromEntries(
    rows.map((row) => [jobNameOf(row.name), { ROW: row.name, FOLDERS: foldersOf(row) }]),
  );
}

/** Returns the name of a job: letters, digits and underscores, a letter first, at most 100 of them. */
function jobNameOf(name: string): string {
  const words = name.replace(/[^A-Za-z0-9]/g, "_");
  if (PLAIN.test(name) && name.length <= MAX_LENGTH) {
    return words;
  }
  const mark = createHash("sha256").update(name).digest("hex").slice(0, MARK_LENGTH);
  const start = /^[A-Za-z]/.test(words) ? words : `s_${words}`;
  return `${start.slice(0, MAX_LENGTH - MARK_LENGTH - 1)}_${mark}`;
}

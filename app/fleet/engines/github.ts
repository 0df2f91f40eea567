// The matrices of a fleet for GitHub Actions, which a workflow reads with fromJSON. Pure.
import { TextFile } from "../../files";
import { renderJson } from "../../review/json";
import { FleetIndex } from "../fleet-index";
import { Row, foldersOf, stagesOf } from "./rows";

/** A value of `strategy.matrix`. Without a row it is an error: `if` has to skip the job. */
interface Matrix {
  readonly include: { readonly name: string; readonly folders: string }[];
}

/**
 * Returns the file of GitHub Actions: for each stage, a matrix of the changed and one of all stacks.
 *
 * @see https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
 */
export function githubFile(index: FleetIndex): TextFile {
  const stages = stagesOf(index).map(({ changed, all, ...stage }) => ({
    ...stage,
    changed: matrixOf(changed),
    all: matrixOf(all),
  }));
  return ["engines/github.json", renderJson({ stages })];
}

function matrixOf(rows: readonly Row[]): Matrix {
  return { include: rows.map((row) => ({ name: row.name, folders: foldersOf(row) })) };
}

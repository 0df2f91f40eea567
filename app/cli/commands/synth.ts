// hardened-aks synth: writes the stacks and the access review, without the cdktf CLI.
import { join } from "node:path";
import { commitOf, configFile, outputFolder } from "../../environment";
import { synthesize } from "../../synthesize";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";
import { Progress } from "../progress";

interface Options {
  readonly config?: string;
  readonly out?: string;
  readonly commit?: string;
  readonly json?: boolean;
}

/** Writes the stacks and the access review. */
export function synth({ config, out, commit, json }: Options, io: Io): Promise<number> {
  const progress = new Progress(io);
  const { outdir, stacks, review, warnings } = synthesize({
    file: configFile(config),
    outdir: outputFolder(out),
    commit: commitOf(commit),
    step: (name) => {
      progress.step(name);
    },
  });
  const at = (file: string): string => join(outdir, file);
  if (json) {
    printJson(io, {
      stacks: stacks.map(({ name, file }) => ({ name, file: at(file) })),
      review: review.map(at),
      findings: warnings,
    });
    return Promise.resolve(STATUS.ok);
  }
  printFindings(io, warnings);
  print(io, [
    "Stacks in the order of deployment:",
    ...stacks.map(({ name, file }) => `  ${name}  ${at(file)}`),
    "Access review; access-requests has requests and scripts for the teams:",
    ...review.filter((file) => !file.includes("requests")).map((file) => `  ${at(file)}`),
  ]);
  return Promise.resolve(STATUS.ok);
}

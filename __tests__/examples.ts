// The examples, and what they become.
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadConfiguration } from "../app/config/load";
import { Handoff, handoffsOf } from "../app/handoff/handoff";
import { textsOf as stackTextsOf } from "../app/synthesize";
import { INPUTS, StackJson, inScratch, textOf } from "./scenarios";

/** The programs of all examples, by name. */
export const EXAMPLES: { readonly [name: string]: string } = Object.fromEntries(
  readdirSync("examples")
    .map((name) => [name, join("examples", name, "main.ts")] as const)
    .filter(([, file]) => existsSync(file)),
);

interface Manifest {
  readonly stacks: { [name: string]: { readonly synthesizedStackPath: string } };
}

/** The text of each stack in an output folder of cdktf, by name. */
export function stackTextsIn(outdir: string): { [stack: string]: string } {
  const { stacks } = JSON.parse(textOf(outdir, "manifest.json")) as Manifest;
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
      name,
      textOf(outdir, synthesizedStackPath),
    ]),
  );
}

// A program runs when it is loaded, which it is once.
const ran = new Map<string, { [stack: string]: string }>();

/** Runs the program of an example, as node does; gives the text of each stack. */
export function runExample(name: string): { [stack: string]: string } {
  const texts = ran.get(name) ?? runOnce(name);
  ran.set(name, texts);
  return texts;
}

function runOnce(name: string): { [stack: string]: string } {
  return inScratch((folder) => {
    const { CDKTF_OUTDIR: before } = process.env;
    process.env.CDKTF_OUTDIR = join(folder, "out");
    try {
      jest.requireActual(resolve(EXAMPLES[name]!));
      return stackTextsIn(process.env.CDKTF_OUTDIR);
    } finally {
      if (before === undefined) {
        delete process.env.CDKTF_OUTDIR;
      } else {
        process.env.CDKTF_OUTDIR = before;
      }
    }
  });
}

const texts = new Map<string, { readonly [stack: string]: string }>();

/** The text of each stack of an example in YAML, made once. */
export function textsOf(name: string): { readonly [stack: string]: string } {
  const file = INPUTS[name] ?? "";
  const made = texts.get(name) ?? Object.fromEntries(stackTextsOf(loadConfiguration(file)));
  texts.set(name, made);
  return made;
}

const roots = new Map<string, Handoff[]>();

/** The root modules of an example in YAML, made once. */
export function rootsOf(name: string): Handoff[] {
  const file = INPUTS[name] ?? "";
  const made = roots.get(name) ?? handoffsOf(loadConfiguration(file), { kind: "root" });
  roots.set(name, made);
  return made;
}

/** A stack as parsed Terraform JSON, without what cdktf says of itself. */
export function withoutMetadata(text: string): StackJson {
  return JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)) as StackJson;
}

// The stacks of a description, synthesized in memory, and what an edit does to them.
import { changesFrom } from "../../app/changes/changes-from";
import { yamlOf } from "../../app/changes/changes";
import { verdict } from "../../app/changes/render";
import { remarksOn, remedyWords, teamChanges } from "../../app/changes/sentences";
import { LoadedConfiguration } from "../../app/config/configuration";
import { parseStack } from "../../app/handoff/stack-json";
import { outputOf } from "../../app/output";
import { MakeStacks, StackText, stackFiles, stackTextsIn } from "../../app/stack-texts";
import { strToU8, zipSync } from "fflate";
import { Edit, Effects, Source, Synthesized } from "../messages";
import { emptyFolder } from "../shims/fs";
import { configurationBefore, configurationOf, reviewOf } from "./judge";

// Of the compared description, which stays the same while the other one is edited.
const known = new WeakMap<LoadedConfiguration, StackText[]>();

/** Returns the stacks of a description, and the effects of the edit; undefined if it has errors. */
export function synthesized(edit: Edit): Synthesized | undefined {
  const configuration = configurationOf(edit.now);
  if (!configuration) {
    return undefined;
  }
  const before = configurationBefore(edit);
  const texts = new Map(before && stacksOf(before).flatMap(stackFiles));
  return {
    files: stacksOf(configuration)
      .flatMap(stackFiles)
      .filter(([, text]) => text !== "")
      .map(([path, text]) => ({
        path,
        text,
        before: before ? (texts.get(path) ?? "") : text,
      })),
    effects: before && effectsOf(configuration, before),
  };
}

/** Returns an archive of all files that `synth` writes, and of the description; undefined if it has errors. */
export function zipped(source: Source): Uint8Array | undefined {
  const configuration = configurationOf(source);
  if (!configuration) {
    return undefined;
  }
  const { files } = outputOf(configuration, synth);
  const entries = [["haks.yaml", source.text] as const, ...files];
  return zipSync(Object.fromEntries(entries.map(([path, content]) => [path, strToU8(content)])));
}

function stacksOf(configuration: LoadedConfiguration): StackText[] {
  const stacks = known.get(configuration) ?? outputOf(configuration, synth).stacks;
  known.set(configuration, stacks);
  return stacks;
}

function synth(file: string, make: MakeStacks) {
  return stackTextsIn(emptyFolder(), file, make);
}

function effectsOf(configuration: LoadedConfiguration, before: LoadedConfiguration): Effects {
  const previous = {
    review: reviewOf(before),
    stacks: new Map(stacksOf(before).map(({ name, text }) => [name, parseStack(text)])),
  };
  const texts = new Map(stacksOf(configuration).map(({ name, text }) => [name, text]));
  const changes = changesFrom(previous, configuration, texts);
  const { previous: kept } = changes.remedy;
  return {
    verdict: verdict(changes),
    lost: changes.lost,
    teams: teamChanges(changes),
    remarks: remarksOn(changes),
    ...(kept && { remedy: { words: remedyWords(changes), yaml: yamlOf(kept) } }),
  };
}

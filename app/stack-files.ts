// Synthesizes stacks to texts, without leaving files behind.
import "./lazy-modules";
import { withDraft } from "./files";
import { MakeStacks, StackTexts, stackTextsIn } from "./stack-texts";

/**
 * Synthesizes stacks.
 *
 * @param file the file that errors of the synth are reported at
 * @param make adds the stacks to an app
 * @throws FindingsError if a construct is invalid
 */
export function stackTexts(file: string, make: MakeStacks): StackTexts {
  return withDraft((outdir) => stackTextsIn(outdir, file, make));
}

// Compares a description with the output of an earlier version.
import { LoadedConfiguration } from "../config/configuration";
import { textsOf } from "../synthesize";
import { Changes } from "./changes";
import { changesFrom } from "./changes-from";
import { readPrevious } from "./previous-output";

/**
 * Returns the changes since an earlier version of a description.
 *
 * @param path the output of the earlier version: an access review, or a folder with stacks
 * @param configuration the description, which has no errors
 * @throws FindingsError if the path has no such output
 */
export function changesSince(path: string, configuration: LoadedConfiguration): Changes {
  const previous = readPrevious(path);
  const texts = previous.stacks.size === 0 ? new Map<string, string>() : textsOf(configuration);
  return changesFrom(previous, configuration, texts);
}

// Reads the description from its file.
import { LoadedConfiguration, configurationOf } from "./configuration";
import { SourceReader } from "./read-source";
import { readText } from "./read-text";

/** Returns a reader of files. */
export function fileReader(): SourceReader {
  return new SourceReader(readText);
}

/**
 * Reads a description.
 *
 * @param reader reads the files
 * @throws FindingsError with all findings if one of them is an error
 */
export function loadConfiguration(file: string, reader = fileReader()): LoadedConfiguration {
  return configurationOf(file, reader);
}

// Reads several descriptions, and gathers their findings.
import { FindingsError, PlacedFinding, sortFindings } from "../finding";
import { LoadedConfiguration } from "./configuration";
import { fileReader, loadConfiguration } from "./load";

/** Descriptions that could be read, and the findings about all. */
export interface LoadedDescriptions {
  /** In the order of the files, without those that have errors. */
  readonly configurations: LoadedConfiguration[];
  /** Errors and warnings. */
  readonly findings: PlacedFinding[];
}

/** Reads descriptions. A finding about a file that several of them extend is there once. */
export function loadAll(files: readonly string[]): LoadedDescriptions {
  const reader = fileReader();
  const configurations: LoadedConfiguration[] = [];
  const found = files.map((file): [string, PlacedFinding[]] => {
    try {
      const configuration = loadConfiguration(file, reader);
      configurations.push(configuration);
      return [file, configuration.warnings];
    } catch (error) {
      if (!(error instanceof FindingsError)) {
        throw error;
      }
      return [file, error.findings];
    }
  });
  return { configurations, findings: gathered(found) };
}

/**
 * Returns the findings of several descriptions: one for each code and place in a file that several of them extend, with the
 * descriptions that it concerns.
 */
export function gathered(found: readonly (readonly [string, PlacedFinding[]])[]): PlacedFinding[] {
  const known = new Map<string, { finding: PlacedFinding; descriptions: Set<string> }>();
  for (const [description, findings] of found) {
    for (const finding of findings) {
      const { file, line, column, code, message } = finding;
      const rest = file === description ? message : "";
      const key = JSON.stringify([file, line, column, code, rest]);
      const one = known.get(key) ?? { finding, descriptions: new Set() };
      known.set(key, one);
      one.descriptions.add(description);
    }
  }
  return sortFindings(
    [...known.values()].map(({ finding, descriptions }) =>
      descriptions.size > 1 ? { ...finding, descriptions: [...descriptions] } : finding,
    ),
  );
}

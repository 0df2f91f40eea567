// Checks answers by the rules of the description. Pure.
import { parseConfiguration } from "../config/configuration";
import { YamlSource } from "../config/yaml-source";
import { FindingsError, PlacedFinding } from "../finding";
import { Question, StartName } from "./questions";
import { Answers } from "./starts";
import { textOfStart } from "./text";

const FILE = "haks.yaml";

/**
 * Returns the errors of the description that answers make.
 *
 * @param later questions that are asked later: errors about them are left out
 */
export function problemsWith(
  start: StartName,
  answers: Answers,
  later: readonly Question[] = [],
): PlacedFinding[] {
  const text = textOfStart(start, answers, "haks.schema.json");
  const source = new YamlSource(FILE, text);
  const lines = later.map(({ path }) => source.positionOf(path).line);
  return errorsOf(text).filter(({ line }) => line === undefined || !lines.includes(line));
}

function errorsOf(text: string): PlacedFinding[] {
  try {
    parseConfiguration(FILE, text);
    return [];
  } catch (error) {
    if (error instanceof FindingsError) {
      return error.findings.filter(({ severity }) => severity === "error");
    }
    throw error;
  }
}

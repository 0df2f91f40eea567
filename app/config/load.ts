// Reads the description from its file, and reports all findings in one run.
import { readFileSync } from "node:fs";
import { ClusterPlan, Finding } from "../../lib";
import { FindingsError, PlacedFinding, sortFindings } from "../finding";
import { causeOf } from "../refusal";
import { ShapeFinding, checkShape } from "./shape";
import { checkSettings, checkSharedSettings } from "../../lib/stacks/settings-rules";
import { Configuration, toConfiguration } from "./construct";
import { FILE_SCHEMA } from "./file-schema";
import { Path, YamlSource } from "./yaml-source";

/** The content of a file with its plan and warnings. */
export interface LoadedConfiguration extends Configuration {
  readonly plan: ClusterPlan;
  readonly warnings: PlacedFinding[];
}

/**
 * Reads a description.
 *
 * @throws FindingsError with all findings if one of them is an error
 */
export function loadConfiguration(file: string): LoadedConfiguration {
  return parseConfiguration(file, read(file));
}

/**
 * Parses the text of a description.
 *
 * @param file its path, for findings
 * @throws FindingsError with all findings if one of them is an error
 */
export function parseConfiguration(file: string, text: string): LoadedConfiguration {
  const source = new YamlSource(file, text);
  const broken = source.findings();
  if (broken.some(({ code }) => code === "HAKS-FILE-001")) {
    throw new FindingsError(sortFindings(broken));
  }
  const {
    content,
    findings: shapeFindings,
    replaced,
  } = checkShape(data(source, file), FILE_SCHEMA, (path) => source.textOf(path));
  const findings = [...broken, ...shapeFindings.map((finding) => locate(finding, source, file))];
  // Findings about a placeholder for the whole file do not concern the user.
  const isPlaceholder = replaced.some((path) => path.length === 0);
  const configuration = content && !isPlaceholder ? toConfiguration(content) : undefined;
  const plan = configuration && new ClusterPlan(configuration.spec);
  if (plan) {
    findings.push(
      ...[
        ...plan.findings,
        ...checkSettings(configuration.terraform),
        ...checkSharedSettings(configuration.terraform),
      ]
        .filter((finding) => !isAbout(finding, replaced))
        .map((finding) => place(finding, source, file)),
    );
  }
  // Other findings about a value that contains an expression do not matter.
  const expressions = broken.map(({ line, column }) => `${line}:${column}`);
  const sorted = sortFindings(
    findings.filter(
      (finding) =>
        broken.includes(finding) || !expressions.includes(`${finding.line}:${finding.column}`),
    ),
  );
  if (!plan || sorted.some(({ severity }) => severity === "error")) {
    throw new FindingsError(sorted);
  }
  return { ...configuration, plan, warnings: sorted };
}

function read(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(file, `The file cannot be read: ${causeOf(error) ?? String(error)}.`);
  }
  // Without a mark at its start, UTF-16 is valid UTF-8 with a zero in each letter of a field.
  const isUtf16 = /^(fffe|feff)/.test(bytes.toString("hex", 0, 2)) || bytes.includes(0);
  try {
    if (!isUtf16) {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    }
  } catch {
    throw unreadable(file, "The file is not in UTF-8.", "Save it in UTF-8.");
  }
  throw unreadable(file, "The file is in UTF-16, or has zero bytes.", "Save it in UTF-8.");
}

function data(source: YamlSource, file: string): unknown {
  try {
    return source.data();
  } catch (error) {
    throw unreadable(file, `The file cannot be read (${(error as Error).message}).`);
  }
}

function unreadable(
  file: string,
  message: string,
  remedy = "Name the description with --config or HAKS_CONFIG, or run the command in the folder of haks.yaml.",
): FindingsError {
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
}

function locate(finding: ShapeFinding, source: YamlSource, file: string): PlacedFinding {
  const { code, path, atKey, message, remedy } = finding;
  const position = atKey ? source.positionOfKey(path) : source.positionOf(path);
  return { severity: "error", code, file, ...position, message, remedy };
}

// A finding may concern a default; its position is then that of the first related field in the file.
function place(finding: Finding, source: YamlSource, file: string): PlacedFinding {
  const paths = [finding.path, ...(finding.related ?? [])].map(toPath);
  const path = paths.find((candidate) => source.has(candidate)) ?? paths[0]!;
  const { code, message, remedy } = finding;
  const severity = finding.severity === "error" ? "error" : "warning";
  return { severity, code, file, ...source.positionOf(path), message, remedy };
}

// Findings about placeholders do not concern the user.
function isAbout(finding: Finding, replaced: Path[]): boolean {
  const paths = [finding.path, ...(finding.related ?? [])].map((path) => `${path}.`);
  return replaced
    .map((path) => `${path.join(".")}.`)
    .some((one) => paths.some((path) => path.startsWith(one) || one.startsWith(path)));
}

function toPath(path: string): Path {
  return path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

// Turns a description into its plan, and reports all findings in one run. Pure.
import { ClusterPlan } from "../../lib/plan/cluster-plan";
import { Finding } from "../../lib/rules/finding";
import { checkSettings, checkSharedSettings } from "../../lib/stacks/settings-rules";
import { checkPrincipals } from "../../lib/terraform/azuread";
import { FindingsError, PlacedFinding, sortFindings } from "../finding";
import { Configuration, previousOf, toConfiguration } from "./construct";
import { Description } from "./description";
import { FILE_SCHEMA, Fields } from "./file-schema";
import { ReadText, SourceReader, noOtherFile } from "./read-source";
import { ShapeFinding, checkShape } from "./shape";
import { Path } from "./yaml-source";

/** The content of a file with its plan and warnings. */
export interface LoadedConfiguration extends Configuration {
  /** Path of the file. */
  readonly file: string;
  /** The fields of the file and of those that it extends. */
  readonly content: Fields;
  readonly plan: ClusterPlan;
  readonly warnings: PlacedFinding[];
  /** Returns a finding with its place in the file, or in one that the file extends. */
  readonly place: (finding: Finding) => PlacedFinding;
}

/**
 * Returns the configuration of a description.
 *
 * @param reader reads the files
 * @throws FindingsError with all findings if one of them is an error
 */
export function configurationOf(file: string, reader: SourceReader): LoadedConfiguration {
  const description = new Description(file, reader);
  const at = (finding: ShapeFinding) => locate(finding, description);
  const expressions = description.expressions();
  const {
    content,
    findings: shapeFindings,
    replaced,
  } = checkShape(description.data, FILE_SCHEMA, (path) => description.textOf(path));
  const previousFindings =
    content && shapeFindings.length === 0 ? checkPrevious(content, description) : [];
  const findings = [...expressions, ...[...shapeFindings, ...previousFindings].map(at)];
  // Findings about a placeholder for the whole file do not concern the user.
  const isPlaceholder = replaced.some((path) => path.length === 0) || previousFindings.length > 0;
  const configuration = content && !isPlaceholder ? toConfiguration(content) : undefined;
  const plan = configuration && new ClusterPlan(configuration.spec);
  const place = (finding: Finding) => placed(finding, description);
  if (plan) {
    findings.push(
      ...[
        ...plan.findings,
        ...checkSettings(configuration.terraform),
        ...checkSharedSettings(configuration.terraform),
        ...checkPrincipals(plan),
      ]
        .filter((finding) => !isAbout(finding, replaced))
        .map(place),
    );
  }
  // Other findings about a value that contains an expression do not matter.
  const places = expressions.map(placeText);
  const sorted = sortFindings(
    findings.filter(
      (finding) => expressions.includes(finding) || !places.includes(placeText(finding)),
    ),
  );
  if (!plan || sorted.some(({ severity }) => severity === "error")) {
    throw new FindingsError(sorted);
  }
  return { ...configuration, file, content: content!, plan, warnings: sorted, place };
}

/**
 * Parses the text of a description.
 *
 * @param file its path, for findings
 * @param readText returns the text of a file that it extends; by default there is none
 * @throws FindingsError with all findings if one of them is an error
 */
export function parseConfiguration(
  file: string,
  text: string,
  readText: ReadText = noOtherFile,
): LoadedConfiguration {
  const reader = new SourceReader(readText);
  reader.parse(file, text);
  return configurationOf(file, reader);
}

// The fields under `previous` may lack those that the description has; together they must be complete.
function checkPrevious(content: Fields, description: Description): ShapeFinding[] {
  const { previous, ...now } = content;
  const deployed = previousOf(now, previous);
  const textOf = (path: Path) => description.textOf(["previous", ...path]);
  const { findings } = deployed ? checkShape(deployed, FILE_SCHEMA, textOf) : { findings: [] };
  return findings.map((finding) => ({ ...finding, path: ["previous", ...finding.path] }));
}

function placeText({ file, line, column }: PlacedFinding): string {
  return `${file}:${line}:${column}`;
}

function locate(finding: ShapeFinding, description: Description): PlacedFinding {
  const { code, path, atKey, message, remedy } = finding;
  const place = atKey ? description.placeOfKey(path) : description.placeOf(path);
  return { severity: "error", code, ...place, message, remedy };
}

// A finding may concern a default; its position is then that of the first related field in the file.
function placed(finding: Finding, description: Description): PlacedFinding {
  const paths = [finding.path, ...(finding.related ?? [])].map(toPath);
  const path = paths.find((candidate) => description.has(candidate)) ?? paths[0]!;
  const { code, message, remedy } = finding;
  const severity = finding.severity === "error" ? "error" : "warning";
  return { severity, code, ...description.placeOf(path), message, remedy };
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

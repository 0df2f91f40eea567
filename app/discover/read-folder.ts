// Reads the exports of a cluster from a folder, and reports each file that is something else.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { NAME_RULES, isSameName } from "../../lib/spec/naming";
import { canonicalId, isResourceGroupId, parseResourceId } from "../../lib/spec/resource-id";
import { Fields } from "../config/file-schema";
import { FindingsError, PlacedFinding } from "../finding";
import { causeOf } from "../refusal";
import { plain } from "../review/text";
import { ExportFile, Exports, clusterOf, parseExports } from "./exports";
import { Recognized, Refused, recognize } from "./recognize";

/** Largest export in bytes: more than all role assignments that a subscription can have. */
const LARGEST = 8 * 1024 * 1024;

/** Characters of names that are shown. */
const SHOWN = 120;

/** Most levels of lists and objects in an export. */
const DEEPEST = 50;

/** Names in ids of Azure. */
const SEGMENT = /^[\p{L}\p{N}_.()~@ -]+$/u;

/**
 * Reads the exports in a folder: every file that ends with `.json`.
 *
 * @throws FindingsError with all files that are no exports, or not of the same cluster
 */
export function readExports(folder: string): Exports {
  const findings: PlacedFinding[] = [];
  const files = namesIn(folder).flatMap((name) => {
    const file = join(folder, name);
    const found = readExport(file);
    if ("message" in found) {
      findings.push(finding("HAKS-DISC-001", file, found));
      return [];
    }
    return [found];
  });
  const clusters = files.filter(({ kind }) => kind === "cluster");
  const [first] = clusters;
  // A file that was refused may have been meant to be it.
  if (!first && findings.length === 0) {
    findings.push(
      finding("HAKS-DISC-002", folder, {
        message: "No file has the cluster.",
        remedy: "Export it: az aks show --resource-group <group> --name <cluster> --output json.",
      }),
    );
  }
  findings.push(...(first ? foreign(files, first) : []));
  if (!first || findings.length > 0) {
    throw new FindingsError(findings);
  }
  return parseExports(files, first.items[0]!);
}

/** Returns the names of the JSON files in a folder. */
export function namesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new FindingsError([
      finding("HAKS-FILE-007", folder, {
        message: `The folder of the exports cannot be read: ${causeOf(error) ?? String(error)}.`,
        remedy: "Name the folder with the files that the commands of discover --commands wrote.",
      }),
    ]);
  }
  return names.filter((name) => /\.json$/i.test(name)).sort();
}

/**
 * Reads an export, or returns the reason why the file is none.
 *
 * @param recognizeAs returns the kind and the objects of parsed JSON
 */
export function readExport(
  file: string,
  recognizeAs: (content: unknown) => Recognized | Refused = recognize,
): ExportFile | Refused {
  const text = readText(file);
  if (typeof text !== "string") {
    return text;
  }
  const content = parse(text);
  if ("message" in content) {
    return content;
  }
  const found = recognizeAs(content.json);
  if ("message" in found) {
    return found;
  }
  if (isDeep(content.json, DEEPEST)) {
    return {
      message: `The file has more than ${DEEPEST} levels of lists and objects, which no export has.`,
      remedy: "Export it again, and do not edit the file.",
    };
  }
  const id = found.items.map((item) => strangeId(item)).find((one) => one !== undefined);
  return id === undefined
    ? { file, ...found }
    : {
        message: `The file has an id that is none of Azure: "${plain(id).slice(0, SHOWN)}".`,
        remedy: "Export it again, and do not edit the file.",
      };
}

function readText(file: string): string | Refused {
  try {
    const { size } = statSync(file);
    if (size > LARGEST) {
      return {
        message: `The file has ${Math.ceil(size / 1024 / 1024)} MiB, and no export is larger than ${LARGEST / 1024 / 1024}.`,
        remedy: "Export only what discover --commands asks for.",
      };
    }
    return decode(readFileSync(file));
  } catch (error) {
    return {
      message: `The file cannot be read: ${causeOf(error) ?? "it is neither in UTF-8 nor in UTF-16"}.`,
      remedy: "Fix its permissions, or export it again.",
    };
  }
}

// The redirection of Windows PowerShell writes UTF-16.
function decode(bytes: Buffer): string {
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
}

// By its mark, or by the empty half of the first character, which JSON has from ASCII.
function encodingOf([first, second]: Buffer): string {
  if (first === 0xff || second === 0) {
    return "utf-16le";
  }
  return first === 0xfe || first === 0 ? "utf-16be" : "utf-8";
}

function parse(text: string): { readonly json: unknown } | Refused {
  if (text.trim() === "") {
    return {
      message: "The file is empty: the command failed, or had no output.",
      remedy: "Run the command again, and look at its errors.",
    };
  }
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    const start = plain(text.trim().split("\n")[0] ?? "").slice(0, 40);
    const isCut = /^[[{]/.test(text.trim()) && !/[\]}]$/.test(text.trim());
    const isJson = /^[[{]/.test(text.trim());
    return {
      message: isCut
        ? "The JSON is cut off at its end."
        : isJson
          ? `The file is not valid JSON: ${plain((error as Error).message).slice(0, SHOWN)}.`
          : `The file is not JSON; it begins with "${start}".`,
      remedy: "Export it again, with --output json.",
    };
  }
}

function isDeep(value: unknown, levels: number): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (levels === 0 || Object.values(value).some((one) => isDeep(one, levels - 1)))
  );
}

/** Returns an id in a value that Azure cannot have. Scripts and pages are made from ids. */
function strangeId(value: unknown): string | undefined {
  if (typeof value === "string") {
    return /^\/subscriptions\//i.test(value) && !isAzureId(value) ? value : undefined;
  }
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  for (const [name, one] of Object.entries(value)) {
    const found = strangeId(name) ?? strangeId(one);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function isAzureId(id: string): boolean {
  return id
    .replace(/\/$/, "")
    .split("/")
    .slice(1)
    .every((segment) => SEGMENT.test(segment));
}

/** Reports exports of another cluster. */
function foreign(files: ExportFile[], first: ExportFile): PlacedFinding[] {
  const id = canonicalId(String(first.items[0]?.id));
  const name = parseResourceId(id)?.name ?? "";
  if (!NAME_RULES.cluster.pattern.test(name) || !isResourceGroupId(id.split("/providers/")[0]!)) {
    return [
      finding("HAKS-DISC-001", first.file, {
        message: `The cluster has the id "${plain(id).slice(0, SHOWN)}", which is none of a cluster.`,
        remedy: "Export it again, and do not edit the file.",
      }),
    ];
  }
  return files.flatMap(({ file, kind, items }) => {
    const other = items
      .map((item) => otherCluster(kind, item, id))
      .find((one) => one !== undefined);
    if (kind === "cluster" && file !== first.file) {
      return finding("HAKS-DISC-003", file, {
        message:
          other === undefined
            ? `The file has the same cluster as ${first.file}.`
            : `The file has the cluster "${other}", and ${first.file} has "${name}".`,
        remedy: "Use a folder for each cluster, with one export of it.",
      });
    }
    return other === undefined
      ? []
      : finding("HAKS-DISC-003", file, {
          message: `The file is about the cluster "${other}", and ${first.file} has "${name}".`,
          remedy: "Use a folder for each cluster.",
        });
  });
}

/** Exports of the cluster itself, and of parts of it. */
const PARTS = ["cluster", "pools", "maintenance", "diagnostics", "associations"].concat([
  "extensions",
  "fluxConfigurations",
]);

function otherCluster(kind: string, item: Fields, id: string): string | undefined {
  const isPart = PARTS.includes(kind);
  const other = isPart ? clusterOf(item) : undefined;
  return other === undefined || isSameName(other, id)
    ? undefined
    : plain(other.split("/").pop() ?? "");
}

function finding(code: string, file: string, { message, remedy }: Refused): PlacedFinding {
  return { severity: "error", code, file, message, remedy };
}

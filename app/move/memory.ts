// Reads what an earlier run knew, and the files beside the exports.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isSameName } from "../../lib/spec/naming";
import { isGuid, parseResourceId } from "../../lib/spec/resource-id";
import { Fields, isGroup } from "../config/file-schema";
import { FindingsError } from "../finding";
import { causeOf } from "../refusal";
import { Exports } from "../discover/exports";
import { MOVE_VERSION } from "./document";
import { Memory } from "./plan";
import { PlanLog, parsePlanLog } from "./plan-log";
import { GrantRecord, parseRecords } from "./records";
import { WAYS } from "./ways";

/** The file with the document of a move. */
export const MEMORY_FILE = "move.json";

/** The file with the log of a Terraform plan, in the folder of the exports. */
const LOG_FILE = "plan.jsonl";

/** The file with the role assignments of earlier identities. */
const RECORDS_FILE = "old-grants.jsonl";

/**
 * Reads the document of an earlier run; undefined if this is the first one.
 *
 * @throws FindingsError if it is of another cluster, or was edited
 */
export function readMemory(folder: string, { id }: Exports): Memory | undefined {
  const file = join(folder, MEMORY_FILE);
  if (!existsSync(file)) {
    return undefined;
  }
  const content = contentOf(file);
  if (content?.version !== MOVE_VERSION || !isMemory(content)) {
    throw refused(file, "The file is not the document of a move, or it was edited.");
  }
  if (!isSameName(String(content.cluster), id)) {
    throw refused(file, "The file is about the move of another cluster.");
  }
  const { way, start, confirmed, made, seen } = content as unknown as Memory;
  return { way, start, confirmed, made, seen };
}

/**
 * Reads the log of a Terraform plan; undefined if the folder has none.
 *
 * @throws FindingsError if it is something else
 */
export function readPlanLog(folder: string): PlanLog | undefined {
  return readLines(folder, LOG_FILE, parsePlanLog, "the output of terraform plan -json");
}

/**
 * Reads what earlier identities have left; undefined if the folder does not say.
 *
 * @throws FindingsError if it is something else
 */
export function readRecords(folder: string): GrantRecord[] | undefined {
  return readLines(folder, RECORDS_FILE, parseRecords, "an output of export.sh");
}

function readLines<T>(
  folder: string,
  name: string,
  parse: (text: string) => T | undefined,
  origin: string,
): T | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) {
    return undefined;
  }
  const content = parse(textOf(file));
  if (!content) {
    throw new FindingsError([
      {
        severity: "error",
        code: "HAKS-MOVE-003",
        file,
        message: `The file is not ${origin}.`,
        remedy: "Write it again, or remove it.",
      },
    ]);
  }
  return content;
}

function contentOf(file: string): Fields | undefined {
  try {
    const content: unknown = JSON.parse(textOf(file));
    return isGroup(content) ? content : undefined;
  } catch (error) {
    if (error instanceof FindingsError) {
      throw error;
    }
    return undefined;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new FindingsError([
      {
        severity: "error",
        code: "HAKS-FILE-007",
        file,
        message: `The file cannot be read: ${causeOf(error) ?? String(error)}.`,
        remedy: "Fix its permissions, or remove it.",
      },
    ]);
  }
}

/** Commands and pages are made from it. */
function isMemory({ way, start, confirmed, made, seen }: Fields): boolean {
  return (
    [...WAYS, "brought"].some((one) => one === way) &&
    isTexts(confirmed) &&
    isGroup(start) &&
    isTexts(start.assignments) &&
    isGroup(start.images) &&
    isTexts(Object.values(start.images)) &&
    isOptional(start.uid, (uid) => /^[\w-]+$/.test(uid)) &&
    isIdentity(start.controlPlane, ["servicePrincipal", "systemAssigned", "userAssigned"]) &&
    isIdentity(start.kubelet, ["servicePrincipal", "madeByAks", "brought"]) &&
    (made === undefined || isIdentity(made, ["madeByAks"])) &&
    isGroup(seen) &&
    Object.values(seen).every((time) => !Number.isNaN(Date.parse(String(time))))
  );
}

function isIdentity(value: unknown, kinds: string[]): boolean {
  return (
    isGroup(value) &&
    kinds.includes(String(value.kind)) &&
    typeof value.name === "string" &&
    isOptional(value.principalId, isGuid) &&
    isOptional(value.clientId, isGuid) &&
    isOptional(value.id, (id) => parseResourceId(id) !== undefined)
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isOptional(value: unknown, isValid: (text: string) => boolean): boolean {
  return value === undefined || (typeof value === "string" && isValid(value));
}

function refused(file: string, message: string): FindingsError {
  return new FindingsError([
    {
      severity: "error",
      code: "HAKS-MOVE-002",
      file,
      message,
      remedy: "Name an empty folder with --out to begin again, or restore the file.",
    },
  ]);
}

// Reads the exports of what Azure holds: files, and folders of files.
import { statSync } from "node:fs";
import { join } from "node:path";
import { ClusterPlan } from "../../lib";
import { isGuid } from "../../lib/spec/resource-id";
import { Fields, isGroup } from "../config/file-schema";
import { assignment, ExportFile } from "../discover/exports";
import { namesIn, readExport } from "../discover/read-folder";
import { Reading } from "../discover/reading";
import { ExportKind, Recognized, Refused, recognize } from "../discover/recognize";
import { FindingsError, PlacedFinding } from "../finding";
import { at } from "../refusal";
import { liveReviewOf } from "./build";
import { LiveExports, groupIn, parseLive } from "./live-exports";
import { LiveReview } from "./live-review";

/** Scopes and ids of role assignments: nothing in them is an option, or ends a line. */
const ID = /^\/[\p{L}\p{N}_.()~@/ -]*$/u;

/** Kinds of a list without objects, by the beginning of the file's name. */
const EMPTY: readonly (readonly [RegExp, ExportKind])[] = [
  [/^role-assignments/i, "assignments"],
  [/^role-definitions/i, "roles"],
  [/^eligible/i, "eligible"],
  [/^deny/i, "denied"],
];

/**
 * Reads exports.
 *
 * @param paths files, and folders, of which all files that end with `.json` are read
 * @throws FindingsError with all files that are no exports, or if no file has role assignments
 */
export function readLive(paths: readonly string[]): LiveExports {
  const findings: PlacedFinding[] = [];
  const files = [...new Set(paths.flatMap(filesIn))].flatMap((file): ExportFile[] => {
    const found = readExport(file, (content) => recognizeLive(file, content));
    const refused = "message" in found ? found : firstStrange(found);
    if (refused) {
      findings.push({ severity: "error", code: "HAKS-DISC-001", file, ...refused });
      return [];
    }
    return "message" in found ? [] : [found];
  });
  if (findings.length === 0 && !files.some(hasAssignments)) {
    findings.push({
      severity: "error",
      code: "HAKS-LIVE-001",
      file: paths[0] ?? "",
      message: "No file has role assignments, so that nothing can be compared.",
      remedy: "Export them: az role assignment list --all --output json.",
    });
  }
  if (findings.length > 0) {
    throw new FindingsError(findings);
  }
  return parseLive(files);
}

/**
 * Compares the grant plan of a cluster with exports.
 *
 * @throws FindingsError if a file is no export, or if the subscription of the cluster is not known
 */
export function compareLive(plan: ClusterPlan, paths: readonly string[]): LiveReview {
  const compared = liveReviewOf(plan, readLive(paths));
  if (!compared) {
    throw new FindingsError([
      {
        severity: "error",
        code: "HAKS-LIVE-002",
        file: paths[0] ?? "",
        message:
          "The exports are of several subscriptions, and the description does not name that of the cluster.",
        remedy:
          "Add subscriptionId to the description, or the output of az aks show to the exports.",
      },
    ]);
  }
  return compared;
}

function hasAssignments({ kind, items }: ExportFile): boolean {
  return kind === "assignments" && items.length > 0;
}

function filesIn(path: string): string[] {
  const isFolder = at(path, () => statSync(path)).isDirectory();
  return isFolder ? namesIn(path).map((name) => join(path, name)) : [path];
}

/** Returns the kind of an export: the members of a group and empty lists are told by the name of the file. */
function recognizeLive(file: string, content: unknown): Recognized | Refused {
  if (isGroup(content) && typeof content.nextLink === "string") {
    return {
      message: "The file has one page of a list, and nextLink names the next one.",
      remedy: "Get all pages, and join their lists in one file.",
    };
  }
  const list = isGroup(content) && Array.isArray(content.value) ? content.value : content;
  const items = Array.isArray(list) ? list.filter(isGroup) : undefined;
  if (items && groupIn(file) !== undefined) {
    return items.every(({ id }) => typeof id === "string" && isGuid(id))
      ? { kind: "members", items }
      : {
          message: "The file has the name of a list of members, and other objects in it.",
          remedy: "Export it again: az ad group member list --group <object id>.",
        };
  }
  const name = file.replace(/^.*[\\/]/, "");
  const [, empty] = EMPTY.find(([pattern]) => pattern.test(name)) ?? [];
  return empty !== undefined && Array.isArray(list) && list.length === 0
    ? { kind: empty, items: [] }
    : (members(items) ?? recognize(content));
}

/** Refuses the members of a group that the name of the file does not tell. */
function members(items: Fields[] | undefined): Refused | undefined {
  const isMember = ({ "@odata.type": type }: Fields) =>
    typeof type === "string" && type.startsWith("#microsoft.graph.");
  return items && items.length > 0 && items.every(isMember)
    ? {
        message: "The file has the members of a group, and does not tell of which one.",
        remedy: "Name it after the object id of the group: members-<object id>.json.",
      }
    : undefined;
}

/** Returns why a role assignment in an export is none. */
function firstStrange({ kind, items }: ExportFile): Refused | undefined {
  if (kind !== "assignments" && kind !== "eligible") {
    return undefined;
  }
  const index = items.findIndex((item) => !isAssignment(item));
  return index < 0
    ? undefined
    : {
        message: `The entry ${index + 1} has no valid id, scope, principal or role.`,
        remedy: "Export it again with --output json, without --query, and do not edit the file.",
      };
}

function isAssignment(item: Fields): boolean {
  const { id, scope, principalId, role } = assignment(new Reading(item));
  return ID.test(id) && ID.test(scope) && isGuid(principalId) && isGuid(role.guid);
}

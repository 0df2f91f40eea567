// Describes a cluster that exists, from its exports: the description, and the report. Pure.
import { ClusterPlan } from "../../lib";
import { toConfiguration } from "../config/construct";
import { Fields } from "../config/file-schema";
import { parseConfiguration } from "../config/configuration";
import { checkShape } from "../config/shape";
import { Path } from "../config/yaml-source";
import { FindingsError, PlacedFinding } from "../finding";
import { ROWS, descriptionOf } from "./description";
import { Exports } from "./exports";
import { hasBroughtNetwork } from "./network-fields";
import { DiscoverReport, isReadPast, reportOf } from "./report";
import { Note, Source, sourceOf } from "./source";
import { WeakSetting } from "./weaker";
import { Comment, descriptionText } from "./yaml";

/** The name of the file with the description. */
export const DESCRIPTION_FILE = "haks.yaml";

/** A cluster that was discovered. */
export interface Discovered {
  /** The text of the description. */
  readonly text: string;
  readonly report: DiscoverReport;
  /** The findings of the description; errors are left to the owner of the cluster. */
  readonly findings: PlacedFinding[];
}

/**
 * Describes a cluster.
 *
 * @param folder the folder of the exports, for findings
 * @throws FindingsError if no description can have the cluster
 */
export function discover(exports: Exports, folder: string): Discovered {
  const notes: Note[] = [];
  const source = sourceOf(exports, notes);
  if (!hasBroughtNetwork(source)) {
    throw refusal(folder, "HAKS-DISC-004", {
      message: "The nodes are in a network that AKS made, and a description has an existing one.",
      remedy: "Create a new cluster in a subnet of the NOC, and move the workloads to it.",
    });
  }
  const { content, weak } = descriptionOf(source, notes);
  const [missing] = checkShape(content).findings;
  if (missing) {
    const field = missing.path.join(".");
    const { from = field } = ROWS.find((row) => field.startsWith(row.field)) ?? {};
    throw refusal(folder, "HAKS-DISC-002", {
      message: `The exports have no valid value for the field "${field}" of the description: ${missing.message}`,
      remedy: `az has it at ${from}. Export the cluster again, with a newer version of az.`,
    });
  }
  const plan = new ClusterPlan(toConfiguration(content).spec);
  const text = descriptionText(content, commentsOf(content, weak, notes), headOf(source));
  return {
    text,
    report: reportOf(source, plan, weak, notes),
    findings: findingsOf(text),
  };
}

function refusal(
  file: string,
  code: string,
  words: Pick<PlacedFinding, "message" | "remedy">,
): FindingsError {
  return new FindingsError([{ severity: "error", code, file, ...words }]);
}

function findingsOf(text: string): PlacedFinding[] {
  try {
    return parseConfiguration(DESCRIPTION_FILE, text).warnings;
  } catch (error) {
    if (error instanceof FindingsError) {
      return error.findings;
    }
    throw error;
  }
}

function commentsOf(content: Fields, weak: WeakSetting[], notes: Note[]): Comment[] {
  const exceptions = (content.exceptions ?? []) as { readonly name: string }[];
  return [
    ...notes.map((note) => ({ path: pathOf(note.field, content), text: commentOf(note) })),
    ...exceptions.map(({ name }, index) => ({
      path: ["exceptions", index],
      text: exceptionComment(weak.filter(({ exception }) => exception === name)),
    })),
  ];
}

/** Returns a note as a comment on a pool or a field, which may be about a part of it. */
function commentOf({ field, message }: Note): string {
  const [, part] = /^nodePools \(.*?\)\.(.*)$/.exec(field) ?? [];
  return part !== undefined && isReadPast({ message }) ? `${part}: ${message}` : message;
}

/** Returns the path of the field of a note; notes on a pool have its name. */
function pathOf(field: string, { nodePools }: Fields): Path {
  const [, pool] = /^nodePools[.\w]* \((.*)\)/.exec(field) ?? [];
  if (pool === undefined) {
    return field.split(".");
  }
  const { user } = nodePools as { readonly user: { readonly name: string }[] };
  const index = user.findIndex(({ name }) => name === pool);
  return index < 0 ? ["nodePools", "system"] : ["nodePools", "user", index];
}

function exceptionComment(weak: WeakSetting[]): string {
  return weak
    .map(({ setting, found, hardened, why }) =>
      why === "" ? found : `${found}; the hardened value of ${setting} is ${hardened}. ${why}`,
    )
    .join(" ");
}

function headOf({ exports, identities: { controlPlane, kubelet } }: Source): string[] {
  const { name } = exports.place;
  return [
    `The cluster ${name} as it exists, from its exports. hardened-aks discover wrote this file; it is yours to edit.`,
    "discover-report.html lists what this file cannot express. Replace the reason of each exception by the real one.",
    ...(controlPlane.kind === "userAssigned"
      ? []
      : [
          `The cluster has no brought identities yet: the stack of the identity team creates ${name}-cp-mi and ${name}-kubelet-mi, with their resource group. Name that of the identity team in identities.resourceGroup.`,
        ]),
    ...(controlPlane.kind === "userAssigned" && kubelet.kind !== "brought"
      ? [
          `AKS made the kubelet identity of the cluster: the stack of the identity team creates ${name}-kubelet-mi, unless identities.kubelet says otherwise.`,
        ]
      : []),
  ];
}

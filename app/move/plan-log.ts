// The log of a Terraform plan, as `terraform plan -json` prints it: whether it is about the cluster, and changes nothing. Pure.
import { isSameName } from "../../lib/spec/naming";
import { Fields, isGroup } from "../config/file-schema";

/** The content of a log. */
export interface PlanLog {
  /** Ids of the resources that Terraform read for it. */
  readonly ids: readonly string[];
  /** Number of resources that change; undefined if the log ends before that is known. */
  readonly changes?: number;
  /** Errors and warnings. */
  readonly diagnostics: readonly string[];
}

/** Returns what a log says; undefined if the text is none. */
export function parsePlanLog(text: string): PlanLog | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const entries = lines.flatMap((line): Fields[] => {
    const parsed = parse(line);
    return parsed ? [parsed] : [];
  });
  if (entries.length < lines.length || !entries.some(({ type }) => type === "version")) {
    return undefined;
  }
  const summary = entries.find(({ type }) => type === "change_summary")?.changes;
  const planned = isGroup(summary) && summary.operation === "plan" ? summary : undefined;
  return {
    ids: entries.flatMap(({ hook }) =>
      isGroup(hook) && hook.id_key === "id" && typeof hook.id_value === "string"
        ? [hook.id_value]
        : [],
    ),
    ...(planned && {
      changes: ["add", "change", "remove", "import"]
        .map((one) => Number(planned[one] ?? 0))
        .reduce((a, b) => a + b, 0),
    }),
    diagnostics: entries.flatMap(({ diagnostic }) =>
      isGroup(diagnostic) ? [`${String(diagnostic.summary)}: ${String(diagnostic.detail)}`] : [],
    ),
  };
}

/** Whether a log is about a resource. */
export function isAbout({ ids }: PlanLog, id: string): boolean {
  return ids.some((one) => isSameName(one, id));
}

function parse(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isGroup(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// The report on a cluster that exists: plain data, deterministic. Pure.
import { ClusterPlan } from "../../lib";
import { ExcessRight, excessRights } from "./excess";
import { ControlPlaneIdentity, KubeletIdentity } from "./identities";
import { NeededRight, neededRights, roleFinder } from "./rights";
import { Note, Source } from "./source";
import { WeakSetting } from "./weaker";

/** Version of the form of the report. */
export const REPORT_VERSION = 1;

/** A report on a cluster that exists. */
export interface DiscoverReport {
  readonly version: number;
  readonly cluster: string;
  readonly id: string;
  readonly location: string;
  readonly tenantId?: string;
  readonly kubernetesVersion?: string;
  readonly controlPlane: ControlPlaneIdentity;
  readonly kubelet: KubeletIdentity;
  /** Whether role assignments were exported. */
  readonly knowsRights: boolean;
  readonly rights: NeededRight[];
  readonly excess: ExcessRight[];
  readonly weaker: WeakSetting[];
  /** Facts that the description cannot express, or says otherwise. */
  readonly differences: Note[];
  /** Fields that are read past. */
  readonly notCarriedOver: Note[];
  readonly files: readonly { readonly file: string; readonly kind: string }[];
}

/** Marks notes on fields that are read past. */
const READ_PAST = "Not carried over: ";

/** Whether a note is on a field that is read past. */
export function isReadPast({ message }: Pick<Note, "message">): boolean {
  return message.startsWith(READ_PAST);
}

/** Returns the report. */
export function reportOf(
  source: Source,
  plan: ClusterPlan,
  weaker: WeakSetting[],
  notes: readonly Note[],
): DiscoverReport {
  const { exports, cluster, identities } = source;
  const placed = neededRights(source, plan);
  return {
    version: REPORT_VERSION,
    cluster: exports.place.name,
    id: exports.id,
    location: plan.spec.location,
    tenantId: plan.spec.tenantId,
    kubernetesVersion:
      cluster.text("currentKubernetesVersion") ?? cluster.text("kubernetesVersion"),
    ...identities,
    knowsRights: exports.assignments !== undefined,
    rights: placed.map(({ right }) => right),
    excess: excessRights(source, placed, roleFinder(source, plan)),
    weaker,
    differences: notes.filter((note) => !isReadPast(note)),
    notCarriedOver: notes
      .filter(isReadPast)
      .map(({ field, message }) => ({ field, message: message.slice(READ_PAST.length) })),
    files: exports.files.map(({ file, kind }) => ({ file: file.replace(/^.*[\\/]/, ""), kind })),
  };
}

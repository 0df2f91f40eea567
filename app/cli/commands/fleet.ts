// hardened-aks fleet: writes the stacks, the reviews and the index of several clusters.
import { join } from "node:path";
import { engineFiles } from "../../fleet/engines/engines";
import { Engine } from "../../fleet/engines/names";
import { FleetIndex } from "../../fleet/fleet-index";
import { loadFleet } from "../../fleet/load-fleet";
import { INDEX, earlierRun, folderInRepository } from "../../fleet/earlier-run";
import { writeFleet } from "../../fleet/write-fleet";
import { descriptionFiles } from "../../config/description-files";
import { UsageError, commitOf, configFiles } from "../../environment";
import { changesInWords } from "../../fleet-review/change-words";
import { insteadOf } from "../../../lib/spec/nearest";
import { count } from "../../review/text";
import { STATUS, printFindings } from "../findings";
import { Io, print, printJson } from "../io";
import { Countdown } from "../progress";

interface Options {
  readonly config?: string[];
  readonly out?: string;
  readonly previous?: string;
  readonly engine?: Engine[];
  readonly joining?: string[];
  readonly commit?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Writes a fleet. */
export async function fleet(options: Options, io: Io): Promise<number> {
  const {
    out: outdir = "fleet",
    previous,
    engine = [],
    joining = [],
    commit,
    force,
    json,
  } = options;
  const files = await descriptionFiles(configFiles(options.config));
  const loaded = loadFleet(files, joining);
  const names = loaded.clusters.map(({ plan }) => plan._resolved.name);
  const unknown = joining.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `No description has the name "${unknown}". Use ${insteadOf(unknown, names)}.`,
    );
  }
  const before = previous === undefined ? undefined : earlierRun(previous, outdir);
  const progress = new Countdown(io, loaded.clusters.length, "cluster");
  const rights: string[] = [];
  const index = await writeFleet(loaded, {
    files,
    outdir,
    joining,
    force,
    commit: commitOf(commit),
    previous: before,
    more: (made) => engineFiles(made, engine, folderInRepository(outdir)),
    done: (name, written) => {
      progress.done(name, written ? "written" : "unchanged");
    },
    compared: (changes) => rights.push(changesInWords(changes)),
  });
  progress.end();
  if (json) {
    printJson(io, { index: join(outdir, INDEX), ...index, findings: loaded.warnings });
  } else {
    printFindings(io, loaded.warnings);
    print(io, summary(index, [...rights, ...renamed(index, before?.index)], outdir));
  }
  return STATUS.ok;
}

/** Says which descriptions have another name, which makes them those of other clusters. */
function renamed({ clusters }: FleetIndex, before: FleetIndex | undefined): string[] {
  const now = new Map(clusters.map(({ description, name }) => [description, name]));
  return (before?.clusters ?? []).flatMap(({ description, name }) => {
    const other = now.get(description);
    return other === undefined || other === name
      ? []
      : `${description} described the cluster ${name} and describes ${other} now, which is another cluster with other identities.`;
  });
}

function summary(
  { stacks, clusters, removed }: FleetIndex,
  changes: string[],
  outdir: string,
): string[] {
  const changed = stacks.filter((one) => one.changed).length;
  return [
    `${count(clusters.length, "cluster")}, ${count(stacks.length, "stack")}, ${changed} changed.`,
    ...changes,
    ...removed.map(
      ({ name, team }) =>
        `The stack ${name} is gone; its resources are not. Destroy them with its state${team === "identity" ? ", unless something else uses its identities" : ""}.`,
    ),
    `Index: ${join(outdir, INDEX)}`,
    `Access review of all clusters: ${join(outdir, "fleet-review.html")}`,
  ];
}

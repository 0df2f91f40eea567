// npm run bench: what the project costs above the provider classes, for one cluster and for fleets.
// With --json, the figures alone.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ofCommands } from "./commands.mjs";
import { EXAMPLES, buildPrograms } from "./programs.mjs";
import { measured, timed } from "./processes.mjs";

const PAIRS = 15;
// Of small fleets several, since one garbage collection more or less shows.
const SIZES = { lab: { 10: 7, 100: 3, 1000: 1 }, enterprise: { 10: 7, 100: 3 } };
const COMMAND_SIZES = [100, 1000];
const asJson = process.argv.includes("--json");
const say = (line) => asJson || console.log(line);

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function ofLab({ command, lab }, scratch) {
  const folder = join(scratch, "lab");
  const synth = () => timed(command, ["synth", "--out", folder], EXAMPLES.lab);
  const plain = () => timed(lab.plain, [folder]);
  synth();
  plain();
  const pairs = Array.from({ length: PAIRS }, () => [synth(), plain()]);
  const [ms, plainMs] = [0, 1].map((index) => median(pairs.map((pair) => pair[index])));
  return { ms, plainMs, ratio: median(pairs.map(([ours, theirs]) => ours / theirs)) };
}

function ofFleet(example, clusters, times, { fleet, plain }, scratch) {
  const folder = () => mkdtempSync(join(scratch, "fleet-"));
  const pairs = Array.from({ length: times }, () => [
    measured(fleet, [folder(), clusters], EXAMPLES[example]),
    measured(plain, [folder(), clusters]),
  ]);
  const ratioOf = (figure) => median(pairs.map(([ours, theirs]) => ours[figure] / theirs[figure]));
  return {
    example,
    clusters,
    msPerCluster: median(pairs.map(([ours]) => ours.ms)) / clusters,
    ratio: ratioOf("ms"),
    rssMb: median(pairs.map(([ours]) => ours.rssMb)),
    rssRatio: ratioOf("rssMb"),
  };
}

const scratch = mkdtempSync(join(tmpdir(), "haks-bench-"));
try {
  mkdirSync(join("dist", "bench"), { recursive: true });
  const programs = buildPrograms(join("dist", "bench"), scratch);
  const lab = ofLab(programs, scratch);
  say(`The lab: ${PAIRS} pairs, whole processes from start to end, medians`);
  say(`npm run synth   ${lab.ms.toFixed(0)} ms`);
  say(`plain program   ${lab.plainMs.toFixed(0)} ms`);
  say(`ratio           ${lab.ratio.toFixed(2)}`);
  say("");
  say(
    "Fleets, one app each: processor time from the first construct to the last file, and the most",
  );
  say("memory of the process. Each in a process of its own, after a fleet of 60 to warm up.");
  say("example     clusters  ms a cluster  to plain  growth   memory  MB a cluster  to plain");
  const scale = [];
  for (const [example, sizes] of Object.entries(SIZES)) {
    for (const [clusters, times] of Object.entries(sizes)) {
      const one = ofFleet(example, Number(clusters), times, programs[example], scratch);
      scale.push(one);
      const first = scale.find((other) => other.example === example);
      const columns = [
        example.padEnd(11),
        clusters.padStart(8),
        one.msPerCluster.toFixed(1).padStart(13),
        one.ratio.toFixed(2).padStart(9),
        (one.msPerCluster / first.msPerCluster).toFixed(2).padStart(7),
        `${one.rssMb.toFixed(0)} MB`.padStart(8),
        (one.rssMb / one.clusters).toFixed(2).padStart(13),
        one.rssRatio.toFixed(2).padStart(9),
      ];
      say(columns.join(" "));
    }
  }
  say("");
  say(
    "Commands for fleets, whole processes from start to end: check, fleet from nothing, and fleet",
  );
  say("after an edit of one description; and the most memory of fleet from nothing.");
  say("clusters    check  from nothing  one edited  ms a cluster  growth   memory");
  const commands = [];
  for (const clusters of COMMAND_SIZES) {
    const one = ofCommands(programs.command, clusters, scratch);
    commands.push(one);
    const each = ({ coldSeconds, clusters: count }) => (coldSeconds * 1000) / count;
    const columns = [
      String(clusters).padStart(8),
      `${one.checkSeconds.toFixed(1)} s`.padStart(8),
      `${one.coldSeconds.toFixed(1)} s`.padStart(13),
      `${one.changedSeconds.toFixed(1)} s`.padStart(11),
      each(one).toFixed(1).padStart(13),
      (each(one) / each(commands[0])).toFixed(2).padStart(7),
      `${one.rssMb.toFixed(0)} MB`.padStart(8),
    ];
    say(columns.join(" "));
  }
  if (asJson) {
    console.log(JSON.stringify({ lab, scale, commands }));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

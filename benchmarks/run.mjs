// npm run bench: what the project costs above the provider classes. Builds the lab's three stacks
// with "npm run synth" and with a plain program, in turn, and prints the ratio.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../build/bundle.mjs";

const PAIRS = 15;
const scratch = mkdtempSync(join(tmpdir(), "haks-bench-"));

// Both are bundled in one way: everything but cdktf and its providers.
function time(file, ...args) {
  const outdir = join(scratch, "out");
  const env = {
    ...process.env,
    CDKTF_OUTDIR: outdir,
    BENCH_OUTDIR: outdir,
    HAKS_CONFIG: "haks.yaml",
  };
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file, ...args], { env });
  if (status !== 0) {
    throw new Error(`${file} ended with ${status}: ${stderr}`);
  }
  return performance.now() - start;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  const program = join("dist", "bench", "cli.js");
  const plainProgram = join("dist", "bench", "plain.js");
  bundle("app/cli.ts", program);
  bundle("benchmarks/plain.ts", plainProgram);
  const synth = () => time(program, "synth");
  const plain = () => time(plainProgram);
  synth();
  plain();
  const pairs = Array.from({ length: PAIRS }, () => [synth(), plain()]);
  console.log(`${PAIRS} pairs, whole processes, medians`);
  console.log(`npm run synth   ${median(pairs.map(([ours]) => ours)).toFixed(0)} ms`);
  console.log(`plain program   ${median(pairs.map(([, theirs]) => theirs)).toFixed(0)} ms`);
  console.log(`ratio           ${median(pairs.map(([ours, theirs]) => ours / theirs)).toFixed(2)}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

// Programs in Python: pyright says whether their types are right, and python3 runs them if it is there.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { bin, run } from "../package/tools";

/** The stand-ins for what packages in Python need, and is not on npm. */
export const STAND_INS = join(__dirname, "stand-ins");

// The oldest version that the packages say they run on.
const OLDEST = "3.10";

const HAS_PYTHON =
  spawnSync("python3", [
    "-c",
    `import sys; sys.exit(sys.version_info < (${OLDEST.replace(".", ", ")}))`,
  ]).status === 0;

/** Like `describe`; skipped, and said so, without python3. */
export const describePython = HAS_PYTHON ? describe : describe.skip;

if (!HAS_PYTHON) {
  // Jest does not show the console of a file whose tests are all skipped.
  process.stderr.write(
    `Skipped: importing and running need python3 of version ${OLDEST} or later, which is not there. Only types are checked.\n`,
  );
}

/** Runs Python with packages and the stand-ins; gives what it printed. */
export function python(args: string[], packages: string[]): string {
  return run("python3", args, __dirname, {
    PYTHONPATH: [STAND_INS, ...packages].join(delimiter),
    // Nothing is written beside what is imported.
    PYTHONDONTWRITEBYTECODE: "1",
  });
}

/** A mistake that pyright found, in a file of the folder. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly rule?: string;
}

interface Report {
  readonly generalDiagnostics: {
    readonly file: string;
    readonly severity: string;
    readonly message: string;
    readonly rule?: string;
    readonly range?: { readonly start: { readonly line: number } };
  }[];
  readonly summary: { readonly filesAnalyzed: number };
}

/** Checks the types of files of a folder, and of folders in it. */
export function checkTypes(
  folder: string,
  include: string[],
  packages: string[],
): { mistakes: Mistake[]; files: number } {
  writeFileSync(
    join(folder, "pyrightconfig.json"),
    JSON.stringify({
      include,
      extraPaths: [STAND_INS, ...packages],
      pythonVersion: OLDEST,
      typeCheckingMode: "standard",
    }),
  );
  const report = run(bin("pyright"), ["--project", folder, "--outputjson"], folder, {}, true);
  const { generalDiagnostics, summary } = JSON.parse(report) as Report;
  return {
    mistakes: generalDiagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ file, message, rule, range }) => ({
        file: relative(folder, file),
        line: (range?.start.line ?? 0) + 1,
        message,
        rule,
      })),
    files: summary.filesAnalyzed,
  };
}

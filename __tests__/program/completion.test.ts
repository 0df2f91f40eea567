// Completion in real shells: what is typed in a terminal, with the Tab key, is what the program gets.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENVIRONMENT } from "../package/tools";
import { textOf } from "../scenarios";
import { newCheckout } from "./checkout";

const checkout = newCheckout();
const CLI = join(checkout, "dist", "app", "cli.js");
const TAB = "\t";

interface Terminal {
  readonly onData: (listener: (text: string) => void) => void;
  readonly onExit: (listener: () => void) => void;
  readonly write: (text: string) => void;
}

// Its types belong to a module with another name.
const { spawn } = jest.requireActual<{
  readonly spawn: (file: string, args: string[], options: object) => Terminal;
}>("@cdktf/node-pty-prebuilt-multiarch");

interface Shell {
  readonly args: string[];
  /** Lets the program print its arguments, unless it completes. */
  readonly program: string;
  readonly install: string;
}

const PROGRAM = `hardened-aks() { if [ "$1" = complete ]; then '${process.execPath}' '${CLI}' "$@"; else printf '<%s>' "$@"; echo; fi; }`;

const SHELLS: { readonly [name: string]: Shell } = {
  bash: {
    args: ["--noprofile", "--norc", "-i"],
    program: PROGRAM,
    install: 'eval "$(hardened-aks complete bash)"',
  },
  zsh: {
    args: ["-f", "-i"],
    program: PROGRAM,
    install: 'eval "$(hardened-aks complete zsh)"',
  },
  fish: {
    args: ["--no-config", "-i"],
    program: `function hardened-aks; if test "$argv[1]" = complete; '${process.execPath}' '${CLI}' $argv; else; printf '<%s>' $argv; echo; end; end`,
    install: "hardened-aks complete fish | source",
  },
};

/** Types lines in a shell, and returns all that the terminal shows. */
function typed(name: string, lines: string[]): Promise<string> {
  const { args, program, install } = SHELLS[name]!;
  return new Promise((resolve) => {
    let shown = "";
    const terminal = spawn(name, args, {
      cols: 300,
      cwd: checkout,
      env: { ...ENVIRONMENT, TERM: "dumb", HOME: checkout },
    });
    terminal.onData((text) => (shown += text));
    terminal.onExit(() => {
      resolve(shown);
    });
    // Twice in one session, as after an edit of the settings.
    const all = [program, install, install, ...lines, "exit"];
    terminal.write(all.map((line) => `${line}\r`).join(""));
  });
}

beforeAll(() => {
  spawnSync(process.execPath, ["build/bundle.mjs"], { cwd: checkout });
  writeFileSync(join(checkout, "described.yaml"), "");
});

describe.each(Object.keys(SHELLS))("the Tab key in %s", (shell) => {
  const isInstalled = spawnSync(shell, ["--version"]).status === 0;
  const testInShell = isInstalled ? test : test.skip;

  testInShell(
    `completes what is typed${isInstalled ? "" : ` (skipped: no ${shell})`}`,
    async () => {
      const shown = await typed(shell, [
        `hardened-aks addr${TAB}`,
        `hardened-aks check --prev${TAB}x`,
        `hardened-aks handoff --as mo${TAB}`,
        `hardened-aks init --for th${TAB}`,
        `hardened-aks handoff --as=mo${TAB}`,
        `hardened-aks handoff --stack net${TAB}`,
        `hardened-aks check --config desc${TAB}`,
        `hardened-aks check --config=desc${TAB}`,
        `hardened-aks check desc${TAB}`,
        `hardened-aks help hand${TAB}`,
        // The shell itself evaluates it once, after Enter.
        `hardened-aks check $(echo ${shell} >>evaluated) --mark${TAB}`,
      ]);
      expect([...shown.matchAll(/^(<.*>)\r?$/gm)].map(([, line]) => line)).toEqual([
        "<addresses>",
        "<check><--previous><x>",
        "<handoff><--as><module>",
        "<init><--for><three-teams>",
        "<handoff><--as=module>",
        "<handoff><--stack><network-permissions>",
        "<check><--config><described.yaml>",
        "<check><--config=described.yaml>",
        "<check><desc>",
        "<help><handoff>",
        expect.stringMatching(/^<check>(<>)?<--markdown>$/),
      ]);
      expect(textOf(join(checkout, "evaluated")).split(shell)).toHaveLength(2);
      expect(shown).not.toMatch(/not found|readonly|parse error|unknown/i);
    },
  );
});

// hardened-aks init in a real terminal: the questions as they are typed, and the files that they end in.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ENVIRONMENT, newScratch } from "../package/tools";
import { textOf } from "../scenarios";
import { newCheckout } from "./checkout";

const checkout = newCheckout();
const CLI = join(checkout, "dist", "app", "cli.js");
const [ENTER, DOWN, CLEAR, CANCEL] = ["\r", "\u001b[B", "\u0015", "\u0003"];

interface Terminal {
  readonly onData: (listener: (text: string) => void) => void;
  readonly onExit: (listener: (exit: { readonly exitCode: number }) => void) => void;
  readonly write: (text: string) => void;
  readonly kill: () => void;
}

// Its types belong to a module with another name.
const { spawn } = jest.requireActual<{
  readonly spawn: (file: string, args: string[], options: object) => Terminal;
}>("@cdktf/node-pty-prebuilt-multiarch");

/** What is typed once a text is shown. */
type Typed = readonly [shown: string, keys: string];

/** Runs init in a terminal; returns its exit status and all that it showed. */
function init(folder: string, typed: Typed[]): Promise<{ status: number; shown: string }> {
  return new Promise((resolve, reject) => {
    const rest = [...typed];
    let [shown, fresh] = ["", ""];
    const env = { ...ENVIRONMENT, TERM: "xterm" };
    const terminal = spawn(process.execPath, [CLI, "init"], { cols: 300, cwd: folder, env });
    terminal.onData((data) => {
      const text = stripVTControlCharacters(data);
      [shown, fresh] = [shown + text, fresh + text];
      const [next] = rest;
      if (next && fresh.includes(next[0])) {
        rest.shift();
        fresh = "";
        terminal.write(next[1]);
      }
    });
    const timer = setTimeout(() => {
      reject(new Error(`"${rest[0]?.[0]}" is not shown: ${fresh}`));
      terminal.kill();
    }, 60_000);
    terminal.onExit(({ exitCode }) => {
      clearTimeout(timer);
      resolve({ status: exitCode, shown });
    });
  });
}

beforeAll(() => {
  spawnSync(process.execPath, ["build/bundle.mjs"], { cwd: checkout });
});

test("asks, refuses a wrong answer at once, and writes a description without errors", async () => {
  const folder = newScratch();
  const { status, shown } = await init(folder, [
    ["What do you start with?", DOWN],
    ["● one-person", ENTER],
    ["Name of the cluster (name)", `my shop${ENTER}`],
    ["not a valid cluster name", `${CLEAR}shop${ENTER}`],
    ["(location)", ENTER],
    ["(resourceGroup.name)", ENTER],
    ["(network.virtualNetwork.name)", `vnet${ENTER}`],
    ["(network.virtualNetwork.resourceGroup)", ENTER],
    ["(network.nodeSubnet)", ENTER],
    ["(access.kubernetes.0.name)", ENTER],
    ["(access.kubernetes.0.objectId)", ENTER],
  ]);
  expect(shown).toContain("handoff/shop-cluster");
  expect(status).toBe(0);
  const text = textOf(folder, "haks.yaml");
  expect(text).toContain("\nname: shop\n");
  expect(text).toContain("    name: vnet\n");
  const { status: checked } = spawnSync(process.execPath, [CLI, "check"], { cwd: folder });
  expect(checked).toBe(0);
});

test("writes nothing if it is cancelled", async () => {
  const folder = newScratch();
  const { status, shown } = await init(folder, [
    ["What do you start with?", ENTER],
    ["Name of the cluster (name)", CANCEL],
  ]);
  expect([status, readdirSync(folder)]).toEqual([2, []]);
  expect(shown).toContain("Cancelled; nothing was written.");
  expect(existsSync(CLI)).toBe(true);
});

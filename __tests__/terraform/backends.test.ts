// Every type of backend is one that terraform has, in the block in which it looks for it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { backendOf, blockOf } from "../../app/handoff/backend";
import { Json } from "../../app/handoff/stack-json";
import { BackendSpec, BackendType, TeamStack } from "../../lib";
import { render } from "../scenarios";
import { run } from "./processes";
import { newScratch } from "./scratch";

const UNSUPPORTED = "Unsupported backend type";

// Terraform has it since 1.12, and what is tested with is older.
const TYPES = Object.values(BackendType).filter((type) => type !== "oci");

/** A backend that finds no server, and so reaches nothing outside of this machine. */
function specOf(backendType: BackendType): BackendSpec {
  const server = { hostname: "localhost:1", organization: "example" };
  return ["cloud", "remote"].includes(backendType)
    ? { backendType, config: { ...server, workspaces: { name: "{stack}" } } }
    : { backendType };
}

async function initialized(settings: { [block: string]: unknown }): Promise<string> {
  const folder = newScratch();
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: settings }));
  const { stdout, stderr } = await run("terraform", ["init", "-input=false", "-no-color"], {
    cwd: folder,
  });
  return stdout + stderr;
}

test.each(TYPES)(
  "terraform knows %s, in stacks and in folders that are handed over",
  async (type) => {
    const backend = specOf(type);
    const stack = new TeamStack(Testing.app(), "it", { backend });
    const settings = Object.fromEntries(
      Object.entries(render(stack).terraform).filter(([name]) =>
        ["backend", "cloud"].includes(name),
      ),
    );
    const said = await initialized(settings);
    expect(said).toContain(
      type === "cloud" ? "Initializing HCP Terraform" : "Initializing the backend",
    );
    expect(said).not.toContain(UNSUPPORTED);
    const handed: { [block: string]: Json } = blockOf(backendOf(backend, "it")) ?? {};
    expect(Object.keys(handed)).toEqual(Object.keys(settings));
    expect(await initialized(handed)).not.toContain(UNSUPPORTED);
  },
);

test.each(["cloud", "none", "foo"])("terraform knows no backend called %s", async (type) => {
  expect(await initialized({ backend: { [type]: {} } })).toContain(UNSUPPORTED);
});

// A walk through the pages: each block of commands runs as it is written, in order, in a copy of the checkout.
// Azure is on loopback, and its providers are the stand-ins.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { snippetsIn } from "../docs/pages";
import { INPUTS, specOf, textOf } from "../scenarios";
import { LoopbackAzure } from "./azure";
import { newCheckout } from "./checkout";
import { STACKS } from "./life";
import { describeOffline } from "./offline";
import { Run } from "./processes";
import { only } from "./readings";
import { newScratch } from "./scratch";
import { Session } from "./session";
import { State, StateResource } from "./terraform";
import { assignmentsIn, finding, fittingNetwork, worldOf } from "./world";

// The pages that end with a cluster that is destroyed come last, in the order in which the teams destroy their parts.
const WALKED = [
  "README.md",
  join("docs", "handoff.md"),
  join("docs", "cli.md"),
  join("docs", "access-review.md"),
  join("docs", "deploying.md"),
  ...["platform-team", "noc", "identity-team"].map((team) => join("docs", "teams", `${team}.md`)),
];

/** A state as terraform keeps it. */
interface StateFile {
  readonly resources: (Omit<StateResource, "address" | "values"> & {
    readonly name: string;
    readonly instances: { readonly attributes: StateResource["values"] }[];
  })[];
}

interface GitHubPipeline {
  readonly env: { readonly FOLDER: string };
  readonly jobs: { readonly [name: string]: { readonly steps: { readonly run?: string }[] } };
}

describeOffline("the commands", () => {
  const runs: { [place: string]: Run } = {};
  let checkout: string;
  let azure: LoopbackAzure;
  let session: Session;

  beforeAll(async () => {
    checkout = newCheckout();
    beDeployed(checkout);
    azure = await LoopbackAzure.start(newScratch());
    session = new Session(checkout, {
      ...azure.env,
      ...worldOf(checkout, []),
      CI: "1",
      DISABLE_VERSION_CHECK: "1",
      // The plugin cache must not get hold of the stand-ins.
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    });
    writeFileSync(join(checkout, "team.tfbackend"), textIn("README.md", "hcl"));
  });

  afterAll(() => {
    azure.stop();
  });

  test.each(blocksOf(...WALKED))("of %s work", async (place, block) => {
    // Alternatives: their changes to the shell do not last.
    const isApart = /npm run handoff|unset /.test(block);
    const shell = isApart ? session.fork() : session;
    refresh();
    if (block.includes("'haks-*'")) {
      // The stand-ins do not find what was granted in the same run. "Run the same command again to go on."
      const { exitCode, stdout, stderr } = await shell.fork().run(adapted(block));
      const output = plain(stdout + stderr);
      expect([exitCode, output]).toEqual([1, expect.stringContaining("precondition failed")]);
      refresh();
    }
    const file = join(checkout, INPUTS.enterprise!);
    const text = readFileSync(file, "utf8");
    if (block.includes("destroy haks-prod-cluster")) {
      expect(await shell.fork().run(adapted(block))).toMatchObject({ exitCode: 1 });
      // As the page says.
      const exception = "{ name: replaceableCluster, reason: It is retired this year. }";
      writeFileSync(file, `${text}\nexceptions: [${exception}]\n`);
    }
    runs[place] = await shell.run(adapted(block));
    writeFileSync(file, text);
    expect(runs[place]).toMatchObject({ exitCode: 0 });
  });

  test("of the hand-off find the state of cdktf, and keep one for each stack", () => {
    const [, handedOver] = Object.entries(runs).find(([, { stdout }]) =>
      stdout.includes("handoff/haks-prod-identities"),
    )!;
    expect(plain(handedOver.stdout)).toContain("0 added, 0 changed, 0 destroyed");
    expect(Object.keys(azure.texts)).toEqual(
      STACKS.map((stack) => `examplestates/tfstate/haks-prod-${stack}.tfstate`),
    );
    // The pages of the teams end with everything destroyed but the identities and their rights: see teardown.test.ts.
    const left = Object.values(azure.texts).map((text) => stateIn(text).resources.length);
    expect(left).toEqual([expect.any(Number), 0, 0]);
    expect(left[0]).toBeGreaterThan(2);
  });

  test("of the lab keep its states beside the output folder", () => {
    expect(localStates()).toEqual(STACKS.map((stack) => `terraform.haks-${stack}.tfstate`).sort());
  });

  test("of the hand-off stop without a key", async () => {
    const folder = join(checkout, "handoff", "haks-prod-identities");
    const init = "terraform init -input=false -reconfigure -backend-config=team.tfbackend";
    const here = session.fork(folder);
    expect(await here.run(init)).toMatchObject({ exitCode: 0 });
    const override = { terraform: { backend: { azurerm: {} } } };
    writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(override));
    const { exitCode, stderr } = await here.run(init);
    rmSync(join(folder, "backend_override.tf.json"));
    expect([exitCode, plain(stderr)]).toEqual([
      1,
      expect.stringContaining('"key": required field is not set'),
    ]);
  });

  test("of the library work with its program", async () => {
    const folder = join(checkout, "program");
    mkdirSync(folder);
    const page = join("docs", "library.md");
    const programs = snippetsIn(page).filter(({ text }) => text.includes("app.synth()"));
    writeFileSync(join(folder, "main.ts"), only(programs).text);
    const [[, block = ""] = []] = blocksOf(page).filter(([, text]) => text.includes("main.ts"));
    const result = await session.fork(folder).run(`unset TF_CLI_ARGS_init\n${adapted(block)}`);
    expect(result).toMatchObject({ exitCode: 0 });
    expect(plain(result.stdout)).toContain("example-cp-mi");
  });

  test.each(["identity", "network", "platform"])("of the pipeline %s work", async (team) => {
    const { env, jobs } = parse(
      textOf("examples", "pipelines", "github", `${team}.yml`),
    ) as GitHubPipeline;
    const folder = join(checkout, env.FOLDER);
    writeFileSync(join(folder, "team.tfbackend"), textIn(join("docs", "pipelines.md"), "hcl"));
    // What came from another place: terraform asks before it takes another backend.
    rmSync(join(folder, ".terraform"), { recursive: true, force: true });
    for (const { steps } of Object.values(jobs)) {
      for (const { run = "" } of steps.filter((step) => step.run?.includes("gh pr") === false)) {
        refresh();
        expect(await session.fork(folder).run(run)).toMatchObject({ exitCode: 0 });
      }
    }
    expect(azure.texts).toHaveProperty([
      `examplestates/platform/${env.FOLDER.replace("handoff/", "")}.tfstate`,
    ]);
  });

  test("reach for nothing but the backend and, for lock files, the registry", () => {
    expect(new Set(azure.refused)).toEqual(new Set(["registry.terraform.io:443"]));
  });

  /** Lets the stand-ins find the role assignments that are in the states. */
  function refresh(): void {
    const local = localStates().map((name) => readFileSync(join(checkout, name), "utf8"));
    const states = [...Object.values(azure.texts), ...local].filter((text) => text !== "");
    const granted = finding(assignmentsIn(...states.map(stateIn)));
    worldOf(checkout, [granted, ...fittingNetwork(specOf("enterprise"))]);
  }

  function localStates(): string[] {
    return readdirSync(checkout)
      .filter((name) => name.endsWith(".tfstate"))
      .sort();
  }
});

/** Makes the description of a checkout that of the branch main, which was deployed. */
function beDeployed(checkout: string): void {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: checkout });
  git("init", "--quiet");
  git("add", "examples");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  git(...author, "commit", "--quiet", "--message", "Deployed");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
}

/** The blocks of commands of pages, with their places. */
function blocksOf(...pages: string[]): [string, string][] {
  return pages
    .flatMap(snippetsIn)
    .filter(({ language }) => language === "sh")
    .map(({ place, text }) => [place, text]);
}

/** The only snippet of a page in a language. */
function textIn(page: string, language: string): string {
  return only(snippetsIn(page).filter((snippet) => snippet.language === language)).text;
}

/**
 * A block for a machine without internet and without a user who approves: with the options that docs/deploying.md
 * names for both. The packages are installed; other tests run `npm test`, pack the package and install it.
 */
function adapted(block: string): string {
  return block
    .replace(/^npm ci\b/gm, "test -d node_modules")
    .replace(/^npm (test|pack|install .*)$/gm, "")
    .replace(/^npx cdktf (diff|deploy|destroy|output) [^#\n]*/gm, "$& --skip-provider-lock ")
    .replace(/^npx cdktf (deploy|destroy) [^#\n]*/gm, "$& --auto-approve ");
}

/** Without colours. */
function plain(text: string): string {
  return stripVTControlCharacters(text);
}

function stateIn(text: string): State {
  const { resources } = JSON.parse(text) as StateFile;
  return {
    outputs: {},
    resources: resources.flatMap(({ mode, type, name, instances }) =>
      instances.map(({ attributes }) => ({
        address: `${type}.${name}`,
        mode,
        type,
        values: attributes,
      })),
    ),
  };
}

// hardened-aks init: what it writes for each starting point, and what it refuses.
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../app/cli/main";
import { TextQuestion } from "../../app/cli/prompts";
import { loadConfiguration } from "../../app/config/load";
import { ALL_QUESTIONS, QUESTIONS, STARTS, StartName } from "../../app/init/questions";
import { newScratch } from "../package/tools";
import { textOf } from "../scenarios";

const NAMES = Object.keys(STARTS) as StartName[];
const HOME = process.cwd();

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly folder: string;
}

beforeEach(() => {
  process.chdir(newScratch());
});

afterAll(() => {
  process.chdir(HOME);
});

/** Runs init in the folder of the test; `answer` stands for a person at a terminal. */
async function init(args: string[], answer?: (question: TextQuestion) => string): Promise<Run> {
  let [stdout, stderr] = ["", ""];
  const status = await main(["init", ...args], {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    colours: false,
    prompts: answer && {
      choose: () => Promise.resolve("three-teams"),
      text: (question) => Promise.resolve(answer(question)),
    },
  });
  return { status, stdout, stderr, folder: process.cwd() };
}

describe.each(NAMES)("the starting point %s", (start) => {
  test("passes check without a question, and shows what to replace and to do", async () => {
    const { status, stdout, stderr } = await init(["--for", start, "--yes"]);
    expect([status, stderr]).toEqual([0, ""]);
    const { spec, warnings } = loadConfiguration("haks.yaml");
    expect(spec).toMatchObject({ name: "haks", location: "westeurope" });
    expect(warnings.map(({ severity }) => severity)).not.toContain("error");
    for (const { path, isPlaceholder } of QUESTIONS[start]) {
      expect(stdout.includes(`  ${path.join(".")}\n`)).toBe(isPlaceholder === true);
    }
    expect(textOf("haks.yaml").split("Placeholder: replace it.")).toHaveLength(
      QUESTIONS[start].filter((one) => one.isPlaceholder).length + 1,
    );
    const teams = ["Identity team", "NOC", "Platform team"].filter((team) => stdout.includes(team));
    expect(teams).toHaveLength(start === "lab" || start === "one-person" ? 0 : 3);
    for (const stack of ["identities", "network-permissions", "cluster"]) {
      expect(stdout).toContain(`handoff/haks-${stack}`);
    }
  });

  test("has comments of the schema, and names the fields that it leaves out", async () => {
    await init(["--for", start, "--yes"]);
    const text = textOf("haks.yaml");
    expect(text).toContain("# Azure region. The short name in lower-case letters and digits,");
    expect(text).toContain("  # How traffic leaves the cluster.\n");
    expect(text).toContain("#   kms: Encryption of secrets in etcd");
    expect(text).not.toContain("#   network:");
  });

  test("takes each answer from an option", async () => {
    const answers: { readonly [option: string]: string } = {
      name: "shop",
      location: "northeurope",
      "network-id":
        "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/b",
      "deployers-id": "66666666-6666-4666-8666-666666666661",
      "admins-id": "66666666-6666-4666-8666-666666666662",
    };
    const given = QUESTIONS[start].map(({ option, path }) => ({
      option,
      path,
      value: answers[option] ?? `own-${option}`,
    }));
    const options = given.flatMap(({ option, value }) => [`--${option}`, value]);
    const { status, stdout } = await init(["--for", start, "--yes", ...options]);
    expect(status).toBe(0);
    expect(stdout).not.toContain("to replace");
    expect(textOf("haks.yaml")).not.toContain("Placeholder");
    const { content } = loadConfiguration("haks.yaml");
    for (const { path, value } of given) {
      expect(path.reduce<unknown>((at, key) => (at as never)[key], content)).toBe(value);
    }
  });

  test("refuses options of others", async () => {
    const others = ALL_QUESTIONS.filter(
      ({ option }) => !QUESTIONS[start].some((one) => one.option === option),
    );
    expect(others.length).toBeGreaterThan(0);
    for (const { option } of others) {
      const { status, stderr } = await init(["--for", start, "--yes", `--${option}`, "x"]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(`--${option}`)]);
    }
    expect(readdirSync(".")).toEqual([]);
  });
});

describe("a description that exists", () => {
  test.each([["--yes"], ["--json", "--yes"]])("is never overwritten (%s)", async (...args) => {
    writeFileSync("haks.yaml", "mine");
    const { status, stdout, stderr } = await init(args);
    expect(status).toBe(1);
    expect(stdout + stderr).toContain("HAKS-FILE-009");
    expect(textOf("haks.yaml")).toBe("mine");
    expect(readdirSync(".")).toEqual(["haks.yaml"]);
  });

  test("is not overwritten by way of a link, nor if it appears during the questions", async () => {
    symlinkSync("elsewhere.yaml", "haks.yaml");
    expect((await init(["--yes"])).status).toBe(1);
    expect(existsSync("elsewhere.yaml")).toBe(false);
    const late = await init(["--config", "late.yaml"], ({ fallback }) => {
      writeFileSync("late.yaml", "mine");
      return fallback;
    });
    expect([late.status, textOf("late.yaml")]).toEqual([1, "mine"]);
  });

  test("may stand beside another one, with its own name in the next steps", async () => {
    writeFileSync("haks.yaml", "mine");
    const { status, stdout } = await init(["--config", "clusters/b.yaml", "--yes"]);
    expect(status).toBe(0);
    expect(stdout).toContain("npx hardened-aks check --config clusters/b.yaml ");
    expect(loadConfiguration("clusters/b.yaml").spec.name).toBe("haks");
  });
});

describe("beside the description", () => {
  // With a whole path: in tests, Node.js resolves others against the folder in which jest was started.
  const named = (file: string) => ["--yes", "--config", join(process.cwd(), file)];
  const firstLine = (file: string) => textOf(file).split("\n")[0];

  test("is the schema, unless there is one", async () => {
    await init(named("haks.yaml"));
    expect(firstLine("haks.yaml")).toBe("# yaml-language-server: $schema=./haks.schema.json");
    expect(textOf("haks.schema.json")).toBe(textOf(HOME, "haks.schema.json"));
    await init(named("a/b/c.yaml"));
    expect(firstLine("a/b/c.yaml")).toContain("$schema=../../haks.schema.json");
    expect(readdirSync("a/b")).toEqual(["c.yaml"]);
  });

  test("is no schema where the package is installed", async () => {
    mkdirSync("node_modules/hardened-aks", { recursive: true });
    writeFileSync("node_modules/hardened-aks/haks.schema.json", "{}");
    const { stdout } = await init([...named("haks.yaml"), "--json"]);
    const files = [join(process.cwd(), "haks.yaml"), ".gitignore"];
    expect(JSON.parse(stdout)).toMatchObject({ start: "lab", files });
    expect(firstLine("haks.yaml")).toContain("$schema=./node_modules/hardened-aks/haks.schema");
  });

  test("is .gitignore, which stays as it is", async () => {
    await init(["--yes"]);
    expect(textOf(".gitignore")).toContain("cdktf.out/\n");
    writeFileSync(".gitignore", "mine");
    await init(["--yes", "--config", "b.yaml"]);
    expect(textOf(".gitignore")).toBe("mine");
  });
});

describe("answers", () => {
  test.each([
    ["yes"],
    ["123"],
    ["null"],
    ["a: b # c"],
    ["\"quoted'"],
    ["- item"],
    ["*alias &anchor"],
    ["{a: [b]}"],
    ["!!tag |"],
    ["% @ `"],
    ["<b>&amp;</b>"],
    ["Gruppe für Ä, 平台"],
    ["two\nname: lines"],
    ["\u001b[31mred"],
    ["\u2028"],
    ["${var.x}"],
    ["%{ if true }"],
    [" "],
    [""],
  ])("are that text or refused: %j", async (value) => {
    const args = ["--for", "three-teams", "--yes", "--deployers", value];
    const { status, stderr } = await init(args);
    if (status === 0) {
      expect(loadConfiguration("haks.yaml").content).toMatchObject({
        access: { deployers: [{ name: value }] },
        name: "haks",
      });
    } else {
      expect([status, readdirSync(".")]).toEqual([1, []]);
      expect(stderr).toMatch(/^command line: error HAKS-/);
      // eslint-disable-next-line no-control-regex
      expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028]/);
    }
  });

  test.each([
    ["--name", "my shop"],
    ["--location", "West Europe"],
    ["--subnet", "a/b"],
    ["--admins-id", "someone"],
  ])("are refused by the rules of the description: %s %s", async (option, value) => {
    const { status, stderr } = await init(["--for", "three-teams", "--yes", option, value]);
    expect([status, readdirSync(".")]).toEqual([1, []]);
    expect(stderr).toContain(value);
  });
});

describe("questions", () => {
  test("need a terminal, or --yes; the message has the options", async () => {
    const { status, stderr } = await init(["--for", "network-by-id"]);
    expect([status, readdirSync(".")]).toEqual([2, []]);
    for (const { option } of QUESTIONS["network-by-id"]) {
      expect(stderr).toContain(`--${option}`);
    }
  });

  test("are those that no option answers, each with its field, and with its problem at once", async () => {
    const asked: TextQuestion[] = [];
    const { status, stdout } = await init(["--name", "shop"], (question) => {
      asked.push(question);
      return question.message.startsWith("Azure region") ? "northeurope" : question.fallback;
    });
    expect(status).toBe(0);
    expect(stdout).toContain("handoff/shop-cluster");
    const fields = asked.map(({ message }) => /\((.*)\)\n/.exec(message)?.[1]);
    const open = QUESTIONS["three-teams"].filter(({ option }) => option !== "name");
    expect(fields).toEqual(open.map(({ path }) => path.join(".")));
    const [region, group] = asked;
    expect(region!.message).toContain("such as westeurope");
    expect(region!.problem("West Europe")).toMatch(/not a valid Azure region. Use westeurope\.$/);
    expect(region!.problem("westeurope")).toBeUndefined();
    expect(group!.fallback).toBe("shop-rg");
    const { spec } = loadConfiguration("haks.yaml");
    expect(spec).toMatchObject({ name: "shop", location: "northeurope" });
  });

  test("leave a problem with two answers to the later one", async () => {
    const problems: { [field: string]: string | undefined } = {};
    await init([], ({ message, fallback, problem }) => {
      const field = /\((.*)\)\n/.exec(message)![1]!;
      problems[field] = field === "name" ? problem("my shop") : problem("identity-rg");
      return field === "resourceGroup.name" ? "identity-rg" : fallback;
    });
    expect(problems.name).toMatch(/^"my shop" is not/);
    expect(problems["resourceGroup.name"]).toBeUndefined();
    expect(problems["identities.resourceGroup.name"]).toContain("Use a resource group in which");
  });
});

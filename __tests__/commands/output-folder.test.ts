// What synth and review may do in a folder, and what they say when they may not.
import * as fs from "node:fs";
import { join } from "node:path";
import { report } from "../../app/cli/findings";
import { TextFile, locked, withDraft, writeFiles } from "../../app/files";
import { publish } from "../../app/output-folder";
import { inScratch, textOf } from "../scenarios";

const MANIFEST = JSON.stringify({ version: "0.21.0", stacks: {} });
const STACK = JSON.stringify({ "//": { metadata: { stackName: "a" } } });

const synthOf = (...stacks: string[]): TextFile[] => [
  ...stacks.map((stack): TextFile => [join("stacks", stack, "cdk.tf.json"), STACK]),
  ["access-review.md", "review"],
  [join("access-requests", "identity.md"), "request"],
  ["manifest.json", MANIFEST],
];
const REVIEW: TextFile[] = [["access-review.md", "review 2"]];

/** What is in a folder, with contents. */
function contentOf(folder: string): { [path: string]: string } {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names
      .filter((name) => fs.lstatSync(join(folder, name)).isFile())
      .map((name) => [name, textOf(folder, name)]),
  );
}

function put(folder: string, path: string, text = "theirs"): void {
  fs.mkdirSync(join(folder, path, ".."), { recursive: true });
  fs.writeFileSync(join(folder, path), text);
}

/** Exit status and words of a command that does this. */
function outcomeOf(work: () => void): string {
  let err = "";
  const io = { stdout: () => undefined, stderr: (text: string) => (err += text), colours: false };
  try {
    work();
    return "0";
  } catch (error) {
    return `${report(io, error, false)} ${err}`;
  }
}

describe("a folder for stacks", () => {
  test.each([
    ["is empty", []],
    ["has what Terraform and desktops left", ["stacks/a/.terraform.lock.hcl", "stacks/.DS_Store"]],
    ["has a state and logs", ["terraform.a.tfstate", "cdktf.log", "stacks/a/plan"]],
  ])("may be one that %s", (_, left) => {
    inScratch((folder) => {
      left.forEach((path) => {
        put(folder, path);
      });
      expect(outcomeOf(() => publish(folder, synthOf("a"), true))).toBe("0");
      expect(contentOf(folder)).toMatchObject({
        "manifest.json": MANIFEST,
        ...Object.fromEntries(left.map((path) => [path, "theirs"])),
      });
    });
  });

  test.each([
    "notes.txt",
    "manifest.json",
    "access-requests/identity.md",
    "access-requests/ours.txt",
    "stacks/web/compose.yml",
    "stacks/notes.txt",
  ])("is not one with %s, and stays as it was", (path) => {
    inScratch((folder) => {
      put(folder, path);
      const outcome = outcomeOf(() => publish(folder, synthOf("a"), true));
      expect(outcome).toMatch(/^1 .*error HAKS-FILE-009: .*hardened-aks did not write/);
      expect(outcome).toContain(path);
      expect(contentOf(folder)).toEqual({ [path]: "theirs" });
    });
  });

  test("keeps what others put beside the stacks, and loses only what was written", () => {
    inScratch((folder) => {
      publish(folder, synthOf("a", "b"), true);
      const theirs = ["stacks/.DS_Store", "stacks/theirs/main.tf", "access-requests/notes.txt"];
      theirs.forEach((path) => {
        put(folder, path);
      });
      fs.symlinkSync("nowhere", join(folder, "stacks", "link"));
      publish(
        folder,
        synthOf("b").filter(([path]) => !path.startsWith("access-requests")),
        true,
      );
      expect(Object.keys(contentOf(folder))).toEqual([
        ".hardened-aks",
        "access-requests/notes.txt",
        "access-review.md",
        "manifest.json",
        "stacks/.DS_Store",
        "stacks/b/cdk.tf.json",
        "stacks/theirs/main.tf",
      ]);
      expect(fs.readdirSync(join(folder, "stacks"))).toContain("link");
    });
  });

  test("keeps stacks for the cdktf command line, which removes them itself", () => {
    inScratch((folder) => {
      publish(folder, synthOf("a", "b"), true);
      publish(folder, synthOf("b"), false);
      expect(contentOf(folder)).toHaveProperty(["stacks/a/cdk.tf.json"]);
      publish(folder, synthOf("b"), true);
      expect(contentOf(folder)).not.toHaveProperty(["stacks/a/cdk.tf.json"]);
    });
  });

  test("may come from cdktf, or from a version without a record", () => {
    inScratch((folder) => {
      put(folder, "manifest.json", MANIFEST);
      put(folder, "stacks/a/cdk.tf.json", STACK);
      put(folder, "stacks/other/cdk.tf.json", STACK);
      put(folder, "access-review.md", "old");
      put(folder, "access-requests/network.md", "old");
      expect(outcomeOf(() => publish(folder, synthOf("a"), true))).toBe("0");
      expect(contentOf(folder)).toMatchObject({
        "access-review.md": "review",
        "stacks/other/cdk.tf.json": STACK,
      });
      expect(contentOf(folder)).not.toHaveProperty(["access-requests/network.md"]);
    });
  });

  test("loses nothing if its record was edited", () => {
    inScratch((folder) => {
      publish(folder, synthOf("a"), true);
      put(folder, "stacks/notes.txt");
      put(folder, ".hardened-aks", "manifest.json\nstacks/notes.txt\nstacks/../cdk.tf.json\n");
      expect(outcomeOf(() => publish(folder, synthOf("a").slice(3), true))).toBe("0");
      expect(contentOf(folder)).toHaveProperty(["stacks/notes.txt"]);
    });
  });
});

describe("a folder for a review", () => {
  test("may hold anything but a file of the same name", () => {
    inScratch((folder) => {
      put(folder, "notes.txt");
      expect(outcomeOf(() => publish(folder, REVIEW, false))).toBe("0");
      expect(outcomeOf(() => publish(folder, REVIEW, false))).toBe("0");
      fs.rmSync(join(folder, ".hardened-aks"));
      expect(outcomeOf(() => publish(folder, REVIEW, false))).toContain("would overwrite this");
    });
  });

  test("may have stacks, which stay", () => {
    inScratch((folder) => {
      publish(folder, synthOf("a"), true);
      publish(folder, REVIEW, false);
      expect(contentOf(folder)).toHaveProperty(["stacks/a/cdk.tf.json"]);
      expect(textOf(folder, "access-review.md")).toBe("review 2");
      publish(folder, synthOf("a"), true);
      expect(textOf(folder, "access-review.md")).toBe("review");
    });
  });
});

describe("what the system refuses", () => {
  test.each([
    ["a file", "mine.txt", "there is a file in its place"],
    ["below a file", "mine.txt/out", "a part of the path is a file, not a folder"],
    ["a name that is too long", "x".repeat(300), "name too long"],
    ["a loop of links", "loop/out", "too many symbolic links"],
  ])("is a finding: %s", (_, path, words) => {
    inScratch((folder) => {
      put(folder, "mine.txt");
      fs.symlinkSync("loop", join(folder, "loop"));
      const outcome = outcomeOf(() => publish(join(folder, path), synthOf("a"), true));
      expect(outcome).toMatch(/^1 .* error HAKS-FILE-008: /);
      expect(outcome).toContain(join(folder, path));
      expect(outcome).toContain(words);
      expect(contentOf(folder)).toEqual({ "mine.txt": "theirs" });
    });
  });

  test.each([
    ["stacks", "a part of the path is a file, not a folder"],
    ["stacks/a", "a part of the path is a file, not a folder"],
  ])("is a finding: a file in the place of %s", (path, words) => {
    inScratch((folder) => {
      put(folder, "manifest.json", MANIFEST);
      put(folder, path);
      const outcome = outcomeOf(() => publish(folder, synthOf("a"), true));
      expect(outcome).toMatch(/^1 .*stacks.a.cdk\.tf\.json: error HAKS-FILE-008/);
      expect(outcome).toContain(words);
      expect(contentOf(folder)).toEqual({ "manifest.json": MANIFEST, [path]: "theirs" });
    });
  });

  test("is a finding: a folder in the place of a file", () => {
    inScratch((folder) => {
      publish(folder, synthOf("a"), true);
      fs.rmSync(join(folder, "access-review.md"));
      fs.mkdirSync(join(folder, "access-review.md"));
      const before = contentOf(folder);
      expect(outcomeOf(() => publish(folder, synthOf("a", "b"), true))).toContain("HAKS-FILE-009");
      expect(contentOf(folder)).toEqual(before);
    });
  });

  test("names the folder for temporary files, if it is that", () => {
    const { TMPDIR: before } = process.env;
    process.env.TMPDIR = join(__filename, "x");
    try {
      const outcome = outcomeOf(() => withDraft(() => undefined));
      expect(outcome).toContain(`${process.env.TMPDIR}: error HAKS-FILE-008: `);
      expect(outcome).toContain("Set TMPDIR to a folder that you may write to.");
    } finally {
      delete process.env.TMPDIR;
      Object.assign(process.env, before === undefined ? {} : { TMPDIR: before });
    }
    expect(outcomeOf(() => withDraft(() => undefined))).toBe("0");
  });

  test("is no finding if it is a defect", () => {
    const defect = new TypeError("x is not a function");
    expect(() => outcomeOf(() => raise(defect))).toThrow(defect);
  });
});

describe("writing", () => {
  test("is all or nothing, and leaves no drafts", () => {
    inScratch((folder) => {
      put(folder, "a", "old");
      put(folder, "file");
      expect(() => writeFiles(folder, [["a", "new"], ["file/b", "new"]])).toThrow("EEXIST"); // prettier-ignore
      expect(contentOf(folder)).toEqual({ a: "old", file: "theirs" });
      fs.mkdirSync(join(folder, "taken"));
      expect(() => writeFiles(folder, [["a", "new"], ["b/c/d", "new"], ["taken", "new"]])).toThrow("EISDIR"); // prettier-ignore
      expect(contentOf(folder)).toEqual({ a: "old", file: "theirs" });
      expect(fs.readdirSync(folder).sort()).toEqual(["a", "file", "taken"]);
      writeFiles(folder, [["a", "new"], ["c/b", "new"]]); // prettier-ignore
      expect(contentOf(folder)).toEqual({ a: "new", "c/b": "new", file: "theirs" });
    });
  });

  test("waits for another run, but not for one that was killed", () => {
    inScratch((folder) => {
      const lock = join(folder, ".hardened-aks.lock");
      fs.mkdirSync(lock);
      const longAgo = new Date(Date.now() - 60_000);
      fs.utimesSync(lock, longAgo, longAgo);
      expect(locked(folder, () => fs.existsSync(lock))).toBe(true);
      expect(fs.existsSync(lock)).toBe(false);
    });
  });

  test("leaves no listener for signals behind", async () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await turn();
    const before = process.listenerCount("SIGINT");
    inScratch((folder) => locked(folder, () => expect(process.listenerCount("SIGINT")).toBe(before + 1))); // prettier-ignore
    await turn();
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});

function raise(error: Error): never {
  throw error;
}

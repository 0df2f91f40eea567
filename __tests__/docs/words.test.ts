// The prose linter: the words that `build/words.yml` refuses are found where people read them, and nothing else is.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { bin, newScratch, run } from "../package/tools";

const REFUSED: [string, string][] = [
  ["page.md", "Whoever deploys it needs Reader.\n"],
  ["table.md", "| Who | Somebody |\n| --- | --- |\n"],
  ["link.md", "[a rule of one's own](extending.md)\n"],
  ["clause.md", "What Azure refuses ends the run.\n"],
  ["yours.md", "Put it into a file of your own.\n"],
  ["exception.md", "Or take the exception `freeTier`.\n"],
  ["comment.ts", "// Nobody asks for it.\n"],
  ["identifier.ts", "export function putOutIds() {}\n"],
  ["message.ts", 'report(path, `The key ${key} is there twice.`, "Remove one.");\n'],
  ["jsdoc.ts", "/** What a rule needs. */\n"],
  ["haks.yaml", "name: haks # mended\n"],
  ["help", "  npm test   Everything that there is\n"],
];

const ACCEPTED: [string, string][] = [
  ["heading.md", "## What you need\n"],
  ["question.md", "What happens to the role assignments when the cluster is gone?\n"],
  ["object.md", "The plan says what is missing.\n"],
  ["resource-group.md", "Each cluster has its own resource group.\n"],
  ["code.md", "Set `whoever` in the file.\n"],
  ["returns.ts", "/** Returns the ids. */\n"],
];

const scratch = newScratch();
let found: { [file: string]: string[] };

beforeAll(() => {
  const files = [...REFUSED, ...ACCEPTED].map(([name, text]) => {
    const file = join(scratch, "texts", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
  const output = run(bin("textlint"), ["--format", "json", ...files], undefined, {}, true);
  const results = JSON.parse(output) as { filePath: string; messages: { message: string }[] }[];
  found = Object.fromEntries(
    results.map(({ filePath, messages }) => [
      relative(join(scratch, "texts"), filePath),
      messages.map(({ message }) => message),
    ]),
  );
});

test.each(REFUSED)("%s is refused, with a better word", (name) => {
  expect(found[name]).toEqual([expect.stringContaining(" => ")]);
});

test.each(ACCEPTED)("%s is accepted", (name) => {
  expect(found[name]).toEqual([]);
});

// The snippets in TypeScript as programs: what they take for granted comes first, the synth last.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Snippet } from "./pages";

// Below the repository, so that its packages are found from there; git does not see it.
const FOLDER = resolve("dist", "snippets");

/** A snippet as a file. */
export interface Program extends Snippet {
  readonly file: string;
}

const TAKEN_FOR_GRANTED: [string, string][] = [
  ["app", "const app = fixture.makeApp();"],
  ["stack", "const stack = fixture.makeStack(app);"],
  ["spec", "const spec = fixture.description;"],
  ["plan", "const plan = fixture.plan;"],
];

/** Writes the snippets into files of one TypeScript project; gives its tsconfig.json, too. */
export function writePrograms(snippets: Snippet[]): { programs: Program[]; project: string } {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const project = join(FOLDER, "tsconfig.json");
  const config = { extends: "../../tsconfig.json", include: ["*.ts"], exclude: [] };
  writeFileSync(project, JSON.stringify(config));
  const programs = snippets.map((snippet, index) => {
    const file = join(FOLDER, `${index}.ts`);
    writeFileSync(file, programOf(snippet.text));
    return { ...snippet, file };
  });
  return { programs, project };
}

function programOf(text: string): string {
  const isDeclared = (name: string) =>
    new RegExp(`\\b(const|let) (${name}\\b|\\{[^}]*\\b${name}\\b[^}]*\\})`).test(text);
  const missing = TAKEN_FOR_GRANTED.filter(([name]) => name === "app" || !isDeclared(name)).filter(
    ([name]) => !isDeclared(name),
  );
  const used = missing.filter(([name]) => name === "app" || new RegExp(`\\b${name}\\b`).test(text));
  return [
    'import * as fixture from "../../__tests__/docs/fixture";',
    ...used.map(([, line]) => line),
    text,
    ...(text.includes("app.synth()") ? ["void fixture;"] : ["app.synth();"]),
    "",
  ].join("\n");
}

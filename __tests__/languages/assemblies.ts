// What jsii knows of packages, and the packages in other languages that come of it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, bin, run } from "../package/tools";
import { textOf } from "../scenarios";

/** A public type. */
export interface PublicType {
  readonly name: string;
  readonly kind: "class" | "interface" | "enum";
  /** Whether it is an interface that is passed by value. */
  readonly datatype?: boolean;
  readonly initializer?: Callable;
  readonly methods?: Callable[];
}

interface Callable {
  /** Constructors have none. */
  readonly name?: string;
  readonly parameters?: { readonly name: string }[];
}

/** The public types of the library, sorted by name. */
export function publicTypes(): PublicType[] {
  const { types } = JSON.parse(textOf(ROOT, ".jsii")) as { types: { [fqn: string]: PublicType } };
  return Object.values(types).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The parameters of everything public, such as `Egress.none: artifactCache`. */
export function publicParameters(): { readonly of: string; readonly name: string }[] {
  return publicTypes().flatMap(({ name: type, initializer, methods = [] }) =>
    [...(initializer ? [initializer] : []), ...methods].flatMap(({ name, parameters = [] }) =>
      parameters.map((parameter) => ({ of: `${type}.${name ?? "new"}`, name: parameter.name })),
    ),
  );
}

/** Writes the packages of all languages, as a developer does. */
export function writeOurs(outdir: string): void {
  run(process.execPath, ["build/languages.mjs", outdir], ROOT);
}

/**
 * Writes the packages that ours needs in Python. Only what jsii knows of them is packed, because nothing of
 * them runs; and nothing is written into node_modules.
 */
export function writePythonDependencies(outdir: string): void {
  const folders = ["constructs", "cdktf"].map((name) => {
    const from = join(ROOT, "node_modules", name);
    const to = join(outdir, "node_modules", name);
    const description = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as object;
    mkdirSync(to, { recursive: true });
    copyFileSync(join(from, ".jsii"), join(to, ".jsii"));
    writeFileSync(join(to, "index.js"), "");
    writeFileSync(
      join(to, "package.json"),
      JSON.stringify({
        ...description,
        main: "index.js",
        dependencies: undefined,
        bundledDependencies: undefined,
      }),
    );
    return to;
  });
  const options = ["--code-only", "--no-npmignore", "--outdir", outdir, "--targets", "python"];
  run(bin("jsii-pacmak"), [...folders, ...options], outdir, {
    npm_config_ignore_scripts: "true",
  });
}

// Bundles the scripts of the page: with shims for what the library and cdktf need of Node.js.
import { join, resolve as absolute } from "node:path";
import { Metafile, Plugin, build } from "esbuild";
import { exampleTexts } from "./examples";

/** A script, and what is in it. */
export interface Script {
  readonly text: string;
  readonly contents: Metafile;
}

const SHIMS = absolute("site/shims");

/** Shims of modules, by name. */
const MODULES: { readonly [name: string]: string } = {
  fs: "fs.ts",
  crypto: "crypto.ts",
  util: "node.ts",
  os: "node.ts",
  assert: "assert.cjs",
  // For assets, the version of the binary and matchers of tests: no synth of a description calls them.
  archiver: "empty.ts",
  child_process: "empty.ts",
  semver: "empty.ts",
};

const SHIMMED = new RegExp(`^(node:)?(${Object.keys(MODULES).join("|")})$`);

const shims: Plugin = {
  name: "shims",
  setup(builder) {
    builder.onResolve({ filter: SHIMMED }, ({ path }) => ({
      path: join(SHIMS, MODULES[path.replace("node:", "")]!),
    }));
    builder.onResolve({ filter: /^(node:)?path$/ }, ({ resolveDir, kind }) =>
      builder.resolve("path-browserify", { resolveDir, kind }),
    );
    builder.onResolve({ filter: /^\.\/testing/ }, ({ importer }) =>
      importer.endsWith("cdktf/lib/index.js") ? { path: join(SHIMS, "empty.ts") } : undefined,
    );
    // Findings need no more of cdktf than what a token is.
    builder.onResolve({ filter: /^cdktf$/ }, ({ importer, resolveDir, kind }) =>
      importer.endsWith("lib/spec/known.ts")
        ? builder.resolve("cdktf/lib/tokens", { resolveDir, kind })
        : undefined,
    );
    // As in the program, these imports name the file that TypeScript would write.
    builder.onResolve({ filter: /^\.\/stacks\.js$/ }, ({ resolveDir, kind }) =>
      builder.resolve("./stacks", { resolveDir, kind }),
    );
  },
};

/** Returns a bundled script. */
export async function bundled(entry: string): Promise<Script> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    legalComments: "none",
    format: "iife",
    platform: "browser",
    target: "es2022",
    mainFields: ["module", "main"],
    inject: [join(SHIMS, "process.ts")],
    define: {
      __EXAMPLES__: JSON.stringify(exampleTexts()),
      global: "globalThis",
      // The validator of JSON Schema takes it for an address, and that of a worker in a page is none.
      "self.location": "undefined",
    },
    plugins: [shims],
    logLevel: "warning",
  });
  return { text: outputFiles[0]!.text, contents: metafile };
}

// The packages of the other languages, as source: node build/languages.mjs [folder], after npm run build. To
// make of them what others install, the tools and the registry of each language are needed.
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, script, tool } from "./processes.mjs";

const LANGUAGES = ["python", "java", "dotnet", "go"];

/** Writes the source of the package of each language into a folder that has the name of the language. */
export function writeLanguages(outdir) {
  // Remove classes that are no longer public.
  for (const language of LANGUAGES) {
    rmSync(`${outdir}/${language}`, { recursive: true, force: true });
  }
  // The JavaScript is packed into each package. There, npm would run the build once more.
  process.env.npm_config_ignore_scripts = "true";
  const options = ["--code-only", "--no-npmignore", "--outdir", outdir];
  return tool("jsii-pacmak", [...options, "--targets", ...LANGUAGES]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await script(() => writeLanguages(resolve(process.argv[2] ?? `${ROOT}dist/jsii`)));
}

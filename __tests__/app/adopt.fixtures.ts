// Clusters to adopt: the exports of discover, edited, and the descriptions that discover makes of them.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { adoptionOf } from "../../app/adopt/adoption";
import { adoptFindings } from "../../app/adopt/findings";
import { LoadedConfiguration, parseConfiguration } from "../../app/config/configuration";
import { discover } from "../../app/discover/discover";
import { Exports } from "../../app/discover/exports";
import { readExports } from "../../app/discover/read-folder";
import { JsonObject, parseStack } from "../../app/handoff/stack-json";
import { textsOf } from "../../app/synthesize";
import { inScratch } from "../scenarios";

export interface Fields {
  [name: string]: unknown;
}

/** Edits of a cluster that exists: of its export and of its pools; and of its description. */
export interface Edits {
  readonly cluster?: (cluster: Fields) => void;
  readonly pool?: (pool: Fields) => void;
  readonly description?: (content: Fields) => void;
  /** More exports, by the names of their files. */
  readonly files?: { readonly [name: string]: unknown };
}

/** Returns the folder of the exports of a cluster. */
export function exportsFolder(name: string): string {
  return join("__tests__", "app", "discover", name, "exports");
}

/** Returns an object at a path in another one, made if it is missing. */
export function inside(content: Fields, ...path: string[]): Fields {
  return path.reduce<Fields>((one, name) => (one[name] ??= {}) as Fields, content);
}

/** Writes the exports of a cluster, edited, into a folder. */
export function writeExports(name: string, folder: string, { cluster, pool, files }: Edits): void {
  for (const file of readdirSync(exportsFolder(name))) {
    const content = JSON.parse(readFileSync(join(exportsFolder(name), file), "utf8")) as Fields;
    if (file === "cluster.json") {
      cluster?.(content);
      (content.agentPoolProfiles as Fields[]).forEach((one) => pool?.(one));
    }
    if (file === "node-pools.json") {
      (content as unknown as Fields[]).forEach((one) => pool?.(one));
    }
    writeFileSync(join(folder, file), JSON.stringify(content));
  }
  for (const [file, content] of Object.entries(files ?? {})) {
    writeFileSync(join(folder, file), JSON.stringify(content));
  }
}

/** Returns the exports of a cluster, edited. */
export function exportsOf(name: string, edits: Edits = {}): Exports {
  return inScratch((folder) => {
    writeExports(name, folder, edits);
    return readExports(folder);
  });
}

const discovered = new Map<string, string>();

/** Returns the description that discover makes of a cluster, edited. */
export function descriptionOf(name: string, { description }: Edits = {}): string {
  const text = discovered.get(name) ?? discover(exportsOf(name), name).text;
  discovered.set(name, text);
  const content = parse(text) as Fields;
  description?.(content);
  return stringify(content);
}

interface Described {
  readonly configuration: LoadedConfiguration;
  readonly stacks: ReadonlyMap<string, JsonObject>;
}

const described = new Map<string, Described>();

/** Returns a description with its stacks, synthesized once. */
export function stacksOf(text: string): Described {
  const known = described.get(text);
  if (known) {
    return known;
  }
  const configuration = parseConfiguration("haks.yaml", text);
  const texts = [...textsOf(configuration)];
  const stacks = new Map(texts.map(([stack, json]) => [stack, parseStack(json)] as const));
  described.set(text, { configuration, stacks });
  return { configuration, stacks };
}

/** Returns the adoption of a cluster with its description, both edited, and its findings. */
export function adoptionWith(name: string, edits: Edits = {}) {
  const { configuration, stacks } = stacksOf(descriptionOf(name, edits));
  const exports = exportsOf(name, edits);
  const adoption = adoptionOf(stacks, exports);
  const spec = configuration.plan._resolved;
  return { adoption, exports, configuration, findings: adoptFindings(adoption, exports, spec) };
}

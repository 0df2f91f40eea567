// The modules of packages as Node.js loads them for all tests: an absent one, and a second copy of one.
import type NodeModule from "node:module";

interface Loader {
  _cache: { [file: string]: NodeModule | undefined };
  _load: (request: string, ...rest: unknown[]) => unknown;
}

// Without node:, it is the loader of Node.js; see runtime.js.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loader = require("module") as Loader;

/**
 * Does something while modules whose names begin so are not installed.
 *
 * @param absent the module that is not found: by default the one that is asked for
 */
export function without<T>(prefix: string, work: () => T, absent?: string): T {
  const { _load: load } = loader;
  loader._load = (request, ...rest) => {
    if (request.startsWith(prefix)) {
      const error = new Error(`Cannot find module '${absent ?? request}'\nRequire stack:`);
      throw Object.assign(error, { code: "MODULE_NOT_FOUND" });
    }
    return load.call(loader, request, ...rest);
  };
  try {
    return work();
  } finally {
    loader._load = load;
  }
}

/** Returns a second copy of a package, beside the one that is loaded already. */
export function secondCopy<T>(name: string): T {
  const { _cache: cache } = loader;
  const loaded = Object.entries(cache).filter(([file]) => file.includes(`/node_modules/${name}/`));
  loaded.forEach(([file]) => delete cache[file]);
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(name) as T;
  } finally {
    Object.assign(cache, Object.fromEntries(loaded));
  }
}

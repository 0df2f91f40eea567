// Defers loading of modules that cdktf requires but a synth does not use, which takes a quarter of the time of a short
// run. Must be imported before cdktf.
import { createRequire } from "node:module";

/** Modules for assets and for moved resources, in the order in which cdktf requires them. */
const LATE = ["archiver", "semver"];

for (const name of LATE) {
  loadLate(name);
}

// Adds a proxy to the module cache of Node.js: https://nodejs.org/api/modules.html#requirecache
function loadLate(name: string): void {
  const load = createRequire(require.resolve("cdktf"));
  // The successor of cdktf does not depend on archiver.
  const { dependencies } = load("cdktf/package.json") as { dependencies: object };
  const file = name in dependencies ? load.resolve(name) : undefined;
  if (file === undefined || load.cache[file]) {
    return;
  }
  const loaded = (): object => {
    if (load.cache[file] === proxy) {
      delete load.cache[file];
    }
    return load(file) as object;
  };
  const proxy = {
    id: file,
    filename: file,
    loaded: true,
    children: [],
    exports: new Proxy(() => undefined, {
      apply: (_, self, args) => Reflect.apply(loaded() as () => unknown, self, args) as unknown,
      get: (_, key) => Reflect.get(loaded(), key) as unknown,
    }),
  } as unknown as NodeJS.Module;
  load.cache[file] = proxy;
}

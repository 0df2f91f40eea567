// What cdktf requires at once and a synth here does not use: it is loaded when something calls it. That is
// a quarter of the time of a short run. To be imported before cdktf.
import { createRequire } from "node:module";

/** For assets and for moved resources: in the order in which cdktf asks for them. */
const LATE = ["archiver", "semver"];

for (const name of LATE) {
  loadLate(name);
}

// By way of the cache of Node.js, in which entries may be put: https://nodejs.org/api/modules.html#requirecache
function loadLate(name: string): void {
  const load = createRequire(require.resolve("cdktf"));
  // The successor of cdktf does without archiver.
  const { dependencies } = load("cdktf/package.json") as { dependencies: object };
  const file = name in dependencies ? load.resolve(name) : undefined;
  if (file === undefined || load.cache[file]) {
    return;
  }
  const loaded = (): object => {
    if (load.cache[file] === standIn) {
      delete load.cache[file];
    }
    return load(file) as object;
  };
  const standIn = {
    id: file,
    filename: file,
    loaded: true,
    children: [],
    exports: new Proxy(() => undefined, {
      apply: (_, self, args) => Reflect.apply(loaded() as () => unknown, self, args) as unknown,
      get: (_, key) => Reflect.get(loaded(), key) as unknown,
    }),
  } as unknown as NodeJS.Module;
  load.cache[file] = standIn;
}

// Finds the snapshots of a part: those of its one file that has some.
const { basename, dirname, join } = require("node:path");
const { parts, snapshotsOf } = require("./parts");

module.exports = {
  resolveSnapshotPath: (test) =>
    snapshotsOf(parts.find(({ path }) => path === test)?.withSnapshots ?? test),
  resolveTestPath: (snapshots) =>
    parts.find(({ withSnapshots }) => withSnapshots && snapshotsOf(withSnapshots) === snapshots)
      ?.path ?? join(dirname(snapshots), "..", basename(snapshots, ".snap")),
  testPathForConsistencyCheck: parts[0].path,
};

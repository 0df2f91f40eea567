// The package for cdktf.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json";
import { textOf } from "../scenarios";
import { testPackage } from "./of-package";
import { ROOT, newScratch, run } from "./tools";

testPackage({ ...manifest, root: ROOT, overrides: undefined, stackText: (text) => text });

describe("an empty folder", () => {
  const folder = newScratch();
  const program = (...args: string[]) => run("npx", ["--no", "hardened-aks", ...args], folder);

  beforeAll(() => {
    const tarball = join(folder, `hardened-aks-${manifest.version}.tgz`);
    run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], ROOT);
    run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], folder);
    rmSync(tarball);
  });

  test("has all that is needed to go on after init", () => {
    const steps = program("init", "--for", "three-teams", "--name", "shop", "--yes");
    expect(steps).toContain("npx hardened-aks handoff");
    expect(readdirSync(folder).sort()).toEqual(
      [".gitignore", "haks.yaml", "node_modules", "package-lock.json", "package.json"].sort(),
    );
    const [, schema = ""] = /\$schema=(\S+)/.exec(textOf(folder, "haks.yaml")) ?? [];
    expect(textOf(folder, schema)).toBe(textOf("haks.schema.json"));
    program("check");
    program("synth");
    program("review", "--out", "review");
    program("handoff", "--no-lock");
    const stacks = ["identities", "network-permissions", "cluster"].map((one) => `shop-${one}`);
    expect(readdirSync(join(folder, "handoff")).sort()).toEqual([...stacks].sort());
    for (const path of [
      ...stacks.map((stack) => join("cdktf.out", "stacks", stack, "cdk.tf.json")),
      join("cdktf.out", "access-requests", "identity.md"),
      join("review", "access-review.html"),
    ]) {
      expect(existsSync(join(folder, path))).toBe(true);
    }
  });
});

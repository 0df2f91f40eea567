// The stacks of a lab are destroyed as docs/teardown.md says, and refuse it otherwise.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../app/synthesize";
import { inLanguage } from "../docs/pages";
import { textOf } from "../scenarios";
import { handOver } from "./life";
import { describeOffline } from "./offline";
import { newScratch } from "./scratch";
import { TerraformRoot } from "./terraform";

const [override = ""] = inLanguage("hcl")
  .filter(({ place }) => place.startsWith("docs/teardown.md"))
  .map(({ text }) => text);

describeOffline("the identities of the lab", () => {
  test.each([false, true])(
    "are destroyed with the file of the page; locked: %s",
    async (locked) => {
      const scratch = newScratch();
      const file = join(scratch, "haks.yaml");
      const lab = textOf("haks.yaml");
      writeFileSync(file, locked ? lab.replace(/^identities:$/m, "$&\n  locked: true") : lab);
      const outdir = join(scratch, "out");
      const [stack] = synthesize({ file, outdir }).stacks;
      const folder = handOver(join(outdir, stack!.file), join(scratch, "identities"));
      const root = new TerraformRoot(folder);
      await root.init();
      await root.plan();
      await root.apply();
      expect(await root.refusalsToDestroy()).not.toEqual([]);
      const locks = override.replace(/user_assigned_identity/g, "management_lock");
      const [ofLocks = ""] = locks.split('resource "azurerm_resource_group"');
      writeFileSync(
        join(folder, "teardown_override.tf"),
        [override, locked ? ofLocks : ""].join("\n"),
      );
      expect(await root.refusalsToDestroy()).toEqual([]);
      await root.plan("-destroy");
      expect((await root.apply()).resources).toEqual([]);
    },
  );
});

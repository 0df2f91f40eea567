// Every stack of every input is valid Terraform, for the schemas of its providers.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { synthesize } from "../../app/synthesize";
import { INPUTS, specOf } from "../scenarios";
import { ENVIRONMENT } from "./environment";
import { STACKS } from "./life";
import { twoAtATime } from "./processes";
import { newScratch } from "./scratch";
import { TerraformRoot, Validation } from "./terraform";

const MISSPELLED = "storage_use_azured";

interface Providers {
  provider: { azurerm: { [name: string]: unknown }[] };
}

interface Checked {
  readonly name: string;
  readonly validation: Validation;
  readonly ofMisspelled: Validation;
}

describe.each(Object.entries(INPUTS))("%s", (input, file) => {
  let checked: Checked[];

  beforeAll(async () => {
    const outdir = join(newScratch(), "out");
    const { stacks } = synthesize({ file, outdir });
    const check = async (stack: { name: string; file: string }): Promise<Checked> => ({
      name: stack.name,
      ...(await validate(join(outdir, stack.file))),
    });
    // Terraform's plugin cache is not made for two at a time.
    if (ENVIRONMENT.TF_PLUGIN_CACHE_DIR === undefined) {
      checked = await twoAtATime(stacks, check);
    } else {
      checked = [];
      for (const stack of stacks) {
        checked.push(await check(stack));
      }
    }
  });

  test("has the stacks of the three teams, in the order in which they are deployed", () => {
    const { name } = specOf(input);
    const first = STACKS.map((stack) => `${name}-${stack}`);
    expect(checked.slice(0, first.length).map((stack) => stack.name)).toEqual(first);
  });

  test("the stacks after the cluster are valid", () => {
    for (const { name, validation, ofMisspelled } of checked.slice(STACKS.length)) {
      expect({ name, ...validation }).toMatchObject({ name, valid: true, diagnostics: [] });
      expect({ name, ...ofMisspelled }).toMatchObject({ name, valid: false });
    }
  });

  test.each(STACKS.map((name, index) => ({ name, index })))("$name is valid", ({ index }) => {
    expect(checked[index]?.validation).toMatchObject({ valid: true, diagnostics: [] });
  });

  test.each(STACKS.map((name, index) => ({ name, index })))(
    "$name with a misspelled attribute is not valid",
    ({ index }) => {
      const { valid, diagnostics } = checked[index]!.ofMisspelled;
      expect(valid).toBe(false);
      expect(diagnostics.map(({ detail }) => detail).join("\n")).toContain(MISSPELLED);
    },
  );
});

// One init for both.
async function validate(file: string): Promise<Omit<Checked, "name">> {
  const root = new TerraformRoot(dirname(file));
  await root.init("-backend=false");
  const validation = await root.validate();
  const stack = JSON.parse(readFileSync(file, "utf8")) as Providers;
  stack.provider.azurerm.forEach((provider) => (provider[MISSPELLED] = true));
  writeFileSync(file, JSON.stringify(stack));
  return { validation, ofMisspelled: await root.validate() };
}

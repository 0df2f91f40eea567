// Without terraform, these tests fail and say why.
import { ENVIRONMENT, requireTerraform } from "./environment";
import { newScratch } from "./scratch";

test("a missing terraform fails with one sentence", () => {
  expect(() => {
    requireTerraform({ PATH: newScratch() });
  }).toThrow(new Error("terraform is not on the PATH; see the README for how to install it"));
});

test("a terraform on the PATH is found", () => {
  expect(() => {
    requireTerraform(ENVIRONMENT);
  }).not.toThrow();
});

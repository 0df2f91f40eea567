// The scripts for workloads, run by bash with an `az` that writes down its calls.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadConfiguration } from "../../app/config/load";
import { renderRequest } from "../../app/review/request";
import { renderRunnerScript } from "../../app/review/runner-script";
import { renderScript } from "../../app/review/script";
import { AccessReviewDocument } from "../../lib";
import { HOSTILE_NAMES } from "../app/review.fixtures";
import { Run, checkedByBash, isAssignment, optionOf, run } from "../app/review.scripts";
import { inScratch, once } from "../scenarios";

const ISSUER =
  "https://westeurope.oic.prod-aks.azure.com/66666666-6666-4666-8666-666666666666/00000000-0000-4000-8000-000000000001/";

const review = once(() => {
  const { spec, plan } = loadConfiguration("__tests__/workloads.yaml");
  expect(spec.workloads).toHaveLength(3);
  // The script takes any subscription that az is signed in to.
  return { ...plan.review(), subscriptionId: undefined, runners: undefined };
});

/** Runs a script, with the URL of the issuer in the environment or without. */
function runWith(issuer: string | undefined, folder: string, request: string, option = ""): Run {
  const line = issuer === undefined ? "unset OIDC_ISSUER_URL" : `export OIDC_ISSUER_URL=${issuer}`;
  const script = renderScript(review(), request).replace("set -euo pipefail", `$&\n${line}`);
  return run(folder, script, option);
}

const credentialsIn = ({ calls }: Run) =>
  calls
    .filter(([, kind, verb]) => kind === "federated-credential" && verb === "create")
    .map((call) => [
      optionOf(call, "--identity-name"),
      optionOf(call, "--issuer"),
      optionOf(call, "--subject"),
    ]);

test.each(["workloads", "workloads-network"])(
  "the script %s is one that bash accepts",
  (request) => {
    expect(checkedByBash(renderScript(review(), request))).toBe("");
  },
);

test("creates the identity, its credentials and the role assignments, once", () => {
  inScratch((folder) => {
    const first = runWith(ISSUER, folder, "workloads");
    expect(first).toMatchObject({ status: 0, stderr: "" });
    const made = first.calls.filter(([, verb]) => verb === "create");
    expect(made.map((call) => optionOf(call, "--name"))).toEqual(["haks-shop-mi"]);
    expect(credentialsIn(first)).toEqual([
      ["haks-shop-mi", ISSUER, "system:serviceaccount:web:shop"],
      ["haks-shop-mi", ISSUER, "system:serviceaccount:jobs:worker"],
      ["mail-mi", ISSUER, "system:serviceaccount:mail:mail"],
    ]);
    expect(first.calls.filter(isAssignment)).toHaveLength(3);
    const second = runWith(ISSUER, folder, "workloads");
    expect(second.stdout).toContain("0 created, 7 already there.");
    expect(credentialsIn(second)).toEqual([]);
  });
});

test("stops without the URL of the issuer, and shows what it would do in a dry run", () => {
  inScratch((folder) => {
    const refused = runWith(undefined, folder, "workloads");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("export OIDC_ISSUER_URL=");
    expect(credentialsIn(refused)).toEqual([]);
  });
  inScratch((folder) => {
    const dry = runWith(undefined, folder, "workloads", "--dry-run");
    expect(dry).toMatchObject({ status: 0, stderr: "" });
    expect(dry.stdout).toContain("--issuer '<URL of the issuer>'");
  });
});

test("the NOC grants to the identity by its name", () => {
  inScratch((folder) => {
    const { calls, status } = runWith(undefined, folder, "workloads-network");
    expect(status).toBe(0);
    expect(calls.filter(isAssignment)).toHaveLength(1);
    expect(calls.filter(([, verb]) => verb === "show").flat()).toContain("haks-shop-mi");
  });
});

test("the requests name the credentials, and who can act as a workload", () => {
  const request = renderRequest(review(), "workloads");
  expect(request).toContain("`haks_cluster_web_shop`");
  expect(request).toContain("administrators of Kubernetes");
  expect(request).toContain("1 identity, 3 federated credentials and 3 role assignments");
  expect(renderRequest(review(), "workloads-network")).not.toContain("federated");
  const identity = renderRequest(review(), "identity");
  expect(identity).not.toContain("shop");
  expect(identity).toContain("haks-kubelet-mi");
});

test("the runners have a script for each stack", () => {
  const { plan } = loadConfiguration("__tests__/workloads.yaml");
  const script = renderRunnerScript(plan.review(), "workloads");
  expect(script).toContain("or runs workloads.sh.");
  expect(script).toContain("Managed Identity Federated Identity Credential Contributor");
  expect(renderRunnerScript(plan.review(), "identity")).not.toContain("workloads");
});

test.each(HOSTILE_NAMES)("no name of a workload reaches the shell: %j", (name) => {
  const credential = { name, address: name, issuer: name, subject: name };
  const workload = { name, identity: name, resourceGroup: name, creates: true, subjects: [name] };
  const hostile: AccessReviewDocument = {
    ...review(),
    workloads: [
      { ...workload, credentials: [credential, { ...credential, issuer: "a", issuerUrl: name }] },
    ],
  };
  inScratch((folder) => {
    const script = renderScript(hostile, "workloads");
    expect(checkedByBash(script, false)).toBe("");
    run(folder, script, "--dry-run");
    expect(existsSync(join(folder, "injected"))).toBe(false);
  });
});

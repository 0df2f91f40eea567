// What the preflight says about a grant that is missing.
import { literal } from "../../lib/hcl/expressions";
import { ClusterPlan, ClusterSpec, Principal } from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { missingGrant } from "../../lib/cluster/preflight/words";
import { DEPLOYERS, SMALL } from "../scenarios";
import { RECORDS } from "./extension-rules";

/** The sentences about all rows of a plan. */
function sentences(spec: ClusterSpec): string[] {
  const plan = new ClusterPlan(spec);
  return plan._grants.map((grant) => missingGrant(grant, plan._resolved));
}

test.each([
  ["group", DEPLOYERS],
  ["service principal", Principal.servicePrincipal("pipeline")],
])("a %s is called so", (what, principal) => {
  const said = sentences({ ...SMALL, access: { deployers: [principal] } });
  expect(said.join("\n")).toContain(`The ${what} "${principal.name}" lacks the role`);
});

test("each row names the stack of the team that grants it", () => {
  const said = sentences(SMALL);
  const about = (scope: string) => said.find((text) => text.includes(` on the ${scope}`));
  expect(about('kubelet identity "small-kubelet-mi"')).toMatch(
    /: the identity team has to deploy the stack small-identities\.$/,
  );
  expect(about('subnet "nodes"')).toMatch(
    /: the NOC has to deploy the stack small-network-permissions\.$/,
  );
});

describe("the reasons of a row", () => {
  const plan = new ClusterPlan(SMALL);
  const row = plan._grants.find(({ scope }) => scope.kind === "subnet")!;
  const said = (...whys: string[]) => {
    const reasons = whys.map((why) => ({ feature: "x", why, source: "https://example.org" }));
    const text = missingGrant(new PlannedGrant({ ...row, reasons }), plan._resolved);
    return / needs because (.*): the NOC /.exec(text)?.[1];
  };

  test.each([
    ["The control plane joins nodes.", "the control plane joins nodes"],
    ["Node auto-provisioning lists networks.", "node auto-provisioning lists networks"],
    ["Gets the kubeconfig of the node pools.", "it gets the kubeconfig of the node pools"],
    ["AKS of Azure asks for it.", "it AKS of Azure asks for it"],
  ])("are part of a sentence: %s", (why, part) => {
    expect(said(why)).toBe(part);
  });

  test("are joined", () => {
    expect(said("The nodes pull images.", "Reads tags.")).toBe(
      "the nodes pull images, and it reads tags",
    );
  });

  test("are named as those of additional grants, where they are", () => {
    const other = { ...RECORDS, feature: "reports", why: "It reads records, too. " };
    const additionalGrants = [RECORDS, other];
    const texts = sentences({ ...SMALL, permissions: { additionalGrants } });
    expect(texts).toContainEqual(
      expect.stringContaining(
        "needs for external DNS (It writes records into the zone), and for reports (It reads records, too): the NOC",
      ),
    );
    expect(texts.filter((text) => text.includes(" needs because "))).toHaveLength(texts.length - 1);
  });
});

test("literals have only escapes that Terraform knows", () => {
  expect(literal("a\bb\fc\\b\n")).toBe(String.raw`"a\u0008b\u000cc\\b\n"`);
});

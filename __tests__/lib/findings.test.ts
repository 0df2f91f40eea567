// Findings in programs: as lines of text, and as annotations of the cluster.
import { Testing } from "cdktf";
import { ClusterPlan, ClusterStacks } from "../../lib";
import { SMALL } from "../scenarios";

const REGION =
  '"northeruope" is not a region that this version knows. Use northeurope, unless it is a newer region.';
const VERSION = '"latest" is not a Kubernetes version. Use "1.35" or "1.35.2".';

test("a plan describes its errors and warnings, each with its place and its remedy", () => {
  const { findings } = new ClusterPlan(SMALL);
  const lines = new ClusterPlan({
    ...SMALL,
    location: "northeruope",
    kubernetesVersion: "latest",
  }).describeFindings();
  expect(lines).toHaveLength(findings.length + 2);
  expect(lines).toContain(`warning HAKS-NAME-010 at location: ${REGION}`);
  expect(lines).toContain(`error HAKS-K8S-001 at kubernetesVersion: ${VERSION}`);
});

test("warnings are annotations of the cluster, in the same words", () => {
  const plan = new ClusterPlan({ ...SMALL, location: "northeruope" });
  const { cluster } = new ClusterStacks(Testing.app(), { plan });
  const annotations = cluster.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type.startsWith("@cdktf/"))
    .map(({ type, data }) => `${type} ${data as string}`);
  expect(annotations).toEqual(
    plan.describeFindings().map((line) => line.replace("warning", "@cdktf/warn")),
  );
  expect(annotations).toContain(`@cdktf/warn HAKS-NAME-010 at location: ${REGION}`);
});

// The provider azuread, the package of which is optional.
import { TerraformStack, Testing } from "cdktf";
import { parseConfiguration } from "../../app/config/configuration";
import { FindingsError } from "../../app/finding";
import {
  ClusterSpec,
  EntraPrincipal,
  FleetPlan,
  FleetStacks,
  GrantPrincipal,
  KubernetesRole,
  Principal,
} from "../../lib";
import { without } from "../node-modules";
import {
  DEPLOYERS,
  INPUTS,
  OTHER_SUBSCRIPTION,
  SMALL,
  render,
  stacksOf,
  textOf,
} from "../scenarios";
import { RECORDS, granting } from "./extension-rules";

const AZUREAD = "@cdktf/provider-azuread";
const absently = <T>(work: () => T): T => without(AZUREAD, work);

const BY_NAME: ClusterSpec = {
  ...SMALL,
  access: {
    deployers: [Principal.group("engineers")],
    kubernetes: [
      { principal: Principal.servicePrincipal("pipeline"), role: KubernetesRole.READER },
      { principal: DEPLOYERS, role: KubernetesRole.READER },
    ],
  },
};
const BY_ID: ClusterSpec = { ...SMALL, access: { deployers: [DEPLOYERS] } };

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("without the package", () => {
  test("a description with object ids is synthesized", () => {
    expect(render(absently(() => stacksOf(BY_ID)).identities).provider).not.toHaveProperty(
      "azuread",
    );
  });

  test("each principal with a name alone is a finding that says what to do", () => {
    const lines = messageOf(() => absently(() => stacksOf(BY_NAME))).split("\n");
    expect(lines).toEqual([
      `HAKS-TF-008 at access.deployers.0: The group "engineers" has no object id, and the package that looks it up, ${AZUREAD}, is not installed. Install the package, or set objectId to the output of: az ad group show --group "engineers" --query id`,
      `HAKS-TF-008 at access.kubernetes.0: The service principal "pipeline" has no object id, and the package that looks it up, ${AZUREAD}, is not installed. Install the package, or set objectId to the output of: az ad sp list --display-name "pipeline" --query "[].id"`,
    ]);
    expect(messageOf(() => stacksOf(BY_NAME))).toBe("");
  });

  test("so is one of an additional grant", () => {
    const principal = GrantPrincipal.entra(Principal.group("auditors"));
    const spec = granting({ ...RECORDS, principal });
    expect(messageOf(() => absently(() => stacksOf(spec)))).toContain(
      "HAKS-TF-008 at permissions.additionalGrants.0.principal",
    );
  });

  test("so is one that only the cluster before had", () => {
    const kept = {
      ...BY_ID,
      previous: { ...BY_ID, access: { deployers: [Principal.group("x")] } },
    };
    const message = messageOf(() => absently(() => stacksOf(kept)));
    expect(message).toContain("HAKS-TF-008 at previous.access.deployers.0");
  });

  test("so is one of a cluster of a fleet", () => {
    const fleet = new FleetPlan([{ ...BY_NAME, subscriptionId: OTHER_SUBSCRIPTION }]);
    const stacks = () => new FleetStacks(Testing.app(), { fleet });
    expect(messageOf(() => absently(stacks))).toContain("HAKS-TF-008 at access.deployers.0");
    expect(messageOf(stacks)).toBe("");
  });

  test("a construct for a name alone names its path", () => {
    const make = (principal: Principal) =>
      new EntraPrincipal(new TerraformStack(Testing.app(), "mine"), "it", principal);
    expect(messageOf(() => absently(() => make(Principal.group("engineers"))))).toMatch(
      /^\[mine\/it\] HAKS-TF-008 at principal: The group "engineers"/,
    );
    expect(absently(() => make(DEPLOYERS)).principalId).toBe(DEPLOYERS.objectId);
  });

  test("a file has the finding at its place", () => {
    const text = textOf(INPUTS.enterprise!);
    const byName = text.replace(/ +objectId: 5{8}-5{4}-4555-8555-5{11}2\n/, "");
    const findings = (content: string) => {
      try {
        absently(() => parseConfiguration("haks.yaml", content));
      } catch (error) {
        return (error as FindingsError).findings;
      }
      return [];
    };
    const line = byName.split("\n").findIndex((one) => one.includes("type: group")) + 1;
    expect(findings(byName)).toMatchObject([
      { code: "HAKS-TF-008", severity: "error", file: "haks.yaml", line },
    ]);
    expect(findings(text)).toEqual([]);
  });
});

test("another module that is absent is an error of the package", () => {
  const broken = (absent?: string) =>
    messageOf(() => without(AZUREAD, () => stacksOf(BY_NAME), absent));
  expect(broken("./index.js")).toMatch(/^Cannot find module '\.\/index\.js'/);
  expect(broken()).toMatch(/^HAKS-TF-008/);
});

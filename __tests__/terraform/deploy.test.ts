// One person deploys everything with the cdktf command line, then the platform team its own stack.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ClusterPlan, GrantingTeam } from "../../lib";
import { INPUTS, specOf } from "../scenarios";
import { ROOT } from "./environment";
import { STACKS, StackName } from "./life";
import { describeOffline } from "./offline";
import { Run, run } from "./processes";
import { newScratch } from "./scratch";
import { assignmentsOf, finding, fittingNetwork, worldOf } from "./world";

const CDKTF = join(ROOT, "node_modules", ".bin", "cdktf");
const REFUSAL = "AuthorizationFailed: the NOC said no";

interface StateFile {
  readonly resources: { mode: string; type: string }[];
  readonly outputs: { [name: string]: { value: string } };
}

/** A run of cdktf, and what is in the states after it; a stack without a state file has none. */
interface Deployment extends Run {
  readonly managed: { [name in StackName]?: string[] };
}

describeOffline("cdktf", () => {
  const spec = specOf("lab");
  let scratch: string;
  let refused: Deployment;
  let deployed: Deployment;
  let compared: Run;
  let alone: Run;
  let aloneOnPurpose: Deployment;

  // One story: the scratch folder is the same all the time.
  beforeAll(async () => {
    scratch = newScratch();
    const everything = ["deploy", `${spec.name}-*`, "--auto-approve"];
    const cluster = ["deploy", `${spec.name}-cluster`, "--auto-approve", "--skip-synth"];
    refused = await deploy(everything, worldInWhichTheNocRefuses());
    const granted = worldInWhichThePlanIsGranted();
    deployed = await deploy(everything, granted);
    compared = await cdktf(["diff", `${spec.name}-cluster`], granted);
    alone = await cdktf(cluster, granted);
    aloneOnPurpose = await deploy([...cluster, "--ignore-missing-stack-dependencies"], granted);
  });

  test("makes no cluster as long as the NOC's grants fail", () => {
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain(REFUSAL);
    expect(refused.managed.identities).toContain("azurerm_user_assigned_identity");
    expect(refused.managed["network-permissions"] ?? []).toEqual([]);
    expect(refused.managed.cluster).toBeUndefined();
  });

  test("deploys the rest when it is run again", () => {
    expect(deployed).toMatchObject({ exitCode: 0 });
    expect(deployed.managed.identities).toEqual(refused.managed.identities);
    expect(deployed.managed["network-permissions"]).toEqual(
      new ClusterPlan(spec)._grantsOf(GrantingTeam.NETWORK).map(() => "azurerm_role_assignment"),
    );
    expect(deployed.managed.cluster).toContain("azurerm_kubernetes_cluster");
  });

  test("keeps the states beside the output folder", () => {
    for (const stack of STACKS) {
      expect(existsSync(stateFile(stack))).toBe(true);
      expect(existsSync(join(ROOT, `terraform.${spec.name}-${stack}.tfstate`))).toBe(false);
    }
  });

  test("compares the cluster alone", () => {
    expect(compared).toMatchObject({ exitCode: 0 });
    expect(compared.stdout).toContain("No changes.");
    expect(compared.stdout).not.toMatch(/Plan: \d+ to add/);
    expect(deployed.stdout).toMatch(/Plan: \d+ to add/);
  });

  test("deploys the cluster alone, if that is meant", () => {
    expect(alone.exitCode).not.toBe(0);
    expect(alone.stdout + alone.stderr).toContain("--ignore-missing-stack-dependencies");
    expect(aloneOnPurpose).toMatchObject({ exitCode: 0, managed: deployed.managed });
    expect(aloneOnPurpose.stdout).toContain("0 added, 0 changed, 0 destroyed");
  });

  // Terraform says itself that a mirror knows the checksums of one platform only.
  test("is quiet but for findings in the description", () => {
    const lines = [deployed, compared, aloneOnPurpose]
      .flatMap(({ stdout, stderr }) => `${stdout}\n${stderr}`.split("\n"))
      .filter((line) => /warn|deprecat|\(node:\d+\)/i.test(line))
      .filter((line) => !line.includes("Incomplete lock file information for providers"));
    expect(lines.length).toBeGreaterThan(0);
    // The lab names no deployer, so the plan says what its caller lacks.
    const expected = /^WARN .*: HAKS-|Warning: Check block assertion failed$/;
    expect(lines.filter((line) => !expected.test(line))).toEqual([]);
  });

  async function deploy(args: string[], env?: NodeJS.ProcessEnv): Promise<Deployment> {
    const result = await cdktf(args, env);
    return { ...result, managed: Object.fromEntries(STACKS.map((name) => [name, managed(name)])) };
  }

  // "terraform providers lock" asks the registry only. The plugin cache must not get hold of the
  // stand-ins; only the variable keeps cdktf from using it, its option --disable-plugin-cache-env does nothing.
  function cdktf(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const options = ["--skip-provider-lock", "--no-color", "--output", join(scratch, "cdktf.out")];
    return run(CDKTF, [...args, ...options], {
      env: {
        CI: "1",
        DISABLE_VERSION_CHECK: "1",
        CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
        HAKS_CONFIG: INPUTS.lab,
        ...env,
      },
    });
  }

  function stateFile(stack: StackName): string {
    return join(scratch, `terraform.${spec.name}-${stack}.tfstate`);
  }

  function managed(stack: StackName): string[] | undefined {
    if (!existsSync(stateFile(stack))) {
      return undefined;
    }
    const { resources } = JSON.parse(readFileSync(stateFile(stack), "utf8")) as StateFile;
    return resources.filter(({ mode }) => mode === "managed").map(({ type }) => type);
  }

  // The stand-ins do not remember role assignments. The identities are there since the first run.
  function worldInWhichThePlanIsGranted(): NodeJS.ProcessEnv {
    const { outputs } = JSON.parse(readFileSync(stateFile("identities"), "utf8")) as StateFile;
    const assignments = assignmentsOf(spec, {
      controlPlane: outputs.control_plane_identity_principal_id!.value,
      kubelet: outputs.kubelet_identity_principal_id!.value,
    });
    return worldOf(scratch, [finding(assignments), ...fittingNetwork(spec)]);
  }

  function worldInWhichTheNocRefuses(): NodeJS.ProcessEnv {
    const resource = new ClusterPlan(spec)
      ._grantsOf(GrantingTeam.NETWORK)
      .map(({ description }) => ({
        type: "azurerm_role_assignment",
        match: { description },
        error: REFUSAL,
      }));
    return worldOf(scratch, [], resource);
  }
});

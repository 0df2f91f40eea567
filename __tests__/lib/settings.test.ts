// What stacks are called, where they keep their states, and as whom they sign in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, GcsBackend, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  BackendSpec,
  BackendType,
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  ResourceProviderRegistrations,
  ResourceReference,
  TeamStack,
  TeamStackProps,
} from "../../lib";
import {
  OTHER_SUBSCRIPTION,
  SMALL,
  inScratch,
  render,
  allStacksOf,
  stacksOf,
  stackJson,
} from "../scenarios";

describe("the versions of Terraform", () => {
  const synth = (requiredVersion: string) => () =>
    new TeamStack(Testing.app(), "stack", { requiredVersion });

  test.each(["1.9.5", "= 1.7.0", "v1.9", ">= 1.7, < 2", ">= 1.5, ~> 1.8.0", "> 1.7.0-rc1", ">= 2"])(
    "can be %s",
    (version) => {
      const { terraform } = render(synth(version)());
      expect(terraform).toMatchObject({ required_version: version });
    },
  );

  test.each([">= 1.6", "~> 1.6", "1.6.6", "< 2", "!= 1.8", ">= 1.5, != 1.9.0"])(
    "cannot be %s",
    (version) => {
      expect(synth(version)).toThrow(
        `HAKS-TF-006 at terraform.requiredVersion: "${version}" accepts versions of Terraform before 1.7.0`,
      );
    },
  );

  test.each(["latest", "1.x", "^1.9", "", ">= 1.9 < 2"])("cannot be %j", (version) => {
    expect(synth(version)).toThrow(`"${version}" is not a version constraint.`);
  });
});

describe("a state", () => {
  const account = { storage_account_name: "states", container_name: "states" };
  const synth = (...backends: BackendSpec[]) => {
    const app = Testing.app();
    const stacks = backends.map(
      (backend, index) => new TeamStack(app, `stack-${index}`, { backend }),
    );
    return () => stacks.map((stack) => render(stack).terraform.backend);
  };
  const shared = "The stack keeps its state in the same place as stack-";

  test("of each team has a separate key in a shared account", () => {
    const terraform = { backend: { backendType: BackendType.AZURERM, config: account } };
    const stacks = allStacksOf(SMALL, terraform);
    expect(stacks.map((stack) => render(stack).terraform.backend)).toEqual(
      ["identities", "network-permissions", "cluster"].map((name) => ({
        azurerm: { ...account, key: `small-${name}.tfstate` },
      })),
    );
  });

  test.each<[string, BackendSpec]>([
    ["azurerm", { backendType: BackendType.AZURERM, config: { ...account, key: "all.tfstate" } }],
    ["local", { backendType: BackendType.LOCAL, config: { path: "/states/all.tfstate" } }],
    ["s3", { backendType: BackendType.S3, config: { bucket: "states", key: "all" } }],
    ["gcs", { backendType: BackendType.GCS, config: { bucket: "states" } }],
    ["cloud", { backendType: BackendType.CLOUD, config: { workspaces: { name: "all" } } }],
  ])("is in no place where another one is: %s", (_, backend) => {
    expect(synth(backend, backend)).toThrow(shared);
    expect(() => stacksOf(SMALL, { backend })).toThrow("HAKS-TF-002 at terraform.backend.config");
    const config = Object.fromEntries(
      Object.entries(backend.config ?? {}).map(([name, value]) => [
        name,
        typeof value === "string" ? `${value}/{stack}` : { name: "{stack}" },
      ]),
    );
    expect(synth({ ...backend, config }, { ...backend, config })).not.toThrow();
    expect(() => stacksOf(SMALL, { backend: { ...backend, config } })).not.toThrow();
  });

  test("may have the key of another one in another account", () => {
    const config = { ...account, key: "all.tfstate" };
    const other = { ...config, storage_account_name: "others" };
    expect(
      synth(
        { backendType: BackendType.AZURERM, config },
        { backendType: BackendType.AZURERM, config: other },
      ),
    ).not.toThrow();
  });

  test("may have the key of another one if its account is given to terraform init", () => {
    const backend = { backendType: BackendType.AZURERM, config: { key: "all.tfstate" } };
    expect(synth(backend, backend)).not.toThrow();
  });

  test("says where it is in lists and objects, too", () => {
    const config = { workspaces: { name: "{stack}" }, hosts: ["{stack}", 1, true] };
    expect(synth({ backendType: BackendType.REMOTE, config })()).toEqual([
      { remote: { workspaces: { name: "stack-0" }, hosts: ["stack-0", 1, true] } },
    ]);
  });
});

describe("a backend", () => {
  const blocksOf = (backend: BackendSpec) => {
    const stack = new TeamStack(Testing.app(), "it", { backend });
    const { terraform } = render(stack);
    return { backend: terraform.backend, cloud: terraform.cloud };
  };

  test.each<[object | undefined, object]>([
    [undefined, { workspaces: { name: "it" } }],
    [
      { organization: "o", workspaces: { project: "p" } },
      { organization: "o", workspaces: { project: "p", name: "it" } },
    ],
    [{ workspaces: { name: "aks-{stack}" } }, { workspaces: { name: "aks-it" } }],
    [{ workspaces: { tags: ["{stack}"] } }, { workspaces: { tags: ["it"] } }],
  ])("of the type cloud is the block of that name: %j", (config, cloud) => {
    const backend = { backendType: BackendType.CLOUD, config } as BackendSpec;
    expect(blocksOf(backend)).toEqual({ backend: undefined, cloud });
    expect(() => stacksOf(SMALL, { backend })).not.toThrow();
  });

  test("of the type none is no block, and a program can add another one", () => {
    const backend = { backendType: BackendType.NONE };
    expect(blocksOf(backend)).toEqual({ backend: undefined, cloud: undefined });
    inScratch((outdir) => {
      const app = new App({ outdir, stackTraces: false });
      const plain = new TeamStack(app, "plain", { backend });
      const own = new TeamStack(app, "own", { backend });
      new GcsBackend(own, { bucket: "states", prefix: "own" });
      app.synth();
      expect(render(plain).terraform.backend).toBeUndefined();
      expect(render(own).terraform.backend).toEqual({ gcs: { bucket: "states", prefix: "own" } });
    });
  });

  test.each(["azure", "AzureRM", "", "constructor"])(
    "is not %j, which Terraform has not",
    (type) => {
      expect(() => stacksOf(SMALL, { backend: { backendType: type as BackendType } })).toThrow(
        `HAKS-TF-004 at terraform.backend.type: Terraform has no backend "${type}". Use azurerm`,
      );
    },
  );

  test("that is none has no settings", () => {
    expect(() => blocksOf({ backendType: BackendType.NONE, config: { key: "it" } })).toThrow(
      "HAKS-TF-004 at terraform.backend.config",
    );
    expect(() => blocksOf({ backendType: BackendType.NONE, config: {} })).not.toThrow();
  });
});

test("settings in a property of their own, as in earlier versions, are refused in JavaScript, too", () => {
  const props = { terraform: { backend: { backendType: BackendType.NONE } } } as TeamStackProps;
  expect(() => new TeamStack(Testing.app(), "network", props)).toThrow(
    "[network] The settings of Terraform stand in the properties of the stack",
  );
});

describe("the name of a stack", () => {
  const clusterIn = (scope: Construct, props: TeamStackProps = {}) =>
    new ClusterStacks(scope, { ...props, plan: new ClusterPlan(SMALL) });
  /** Synthesizes an app with environments, each below a separate construct. */
  const synthIn = (fill: (dev: Construct, prod: Construct, app: App) => void) => () =>
    inScratch((outdir) => {
      const app = new App({ outdir, stackTraces: false });
      fill(new Construct(app, "dev"), new Construct(app, "prod"), app);
      app.synth();
      return Object.keys(
        (
          JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
            stacks: { [name: string]: unknown };
          }
        ).stacks,
      ).sort();
    });
  const NAMES = ["small-cluster", "small-identities", "small-network-permissions"];

  test("is used once in an app, wherever the stacks are", () => {
    const twice = synthIn((dev, prod) => [dev, prod].forEach((scope) => clusterIn(scope)));
    expect(twice).toThrow(
      /The stacks dev\/small-identities and prod\/small-identities have the same name[^]*The stacks dev\/small-cluster and prod\/small-cluster have the same name/,
    );
    expect(synthIn((dev) => clusterIn(dev))()).toEqual(NAMES);
  });

  test("is used once, also where all states are in one account", () => {
    const config = { storage_account_name: "states", container_name: "states" };
    const terraform = { backend: { backendType: BackendType.AZURERM, config } };
    const twice = synthIn((dev, prod) => [dev, prod].forEach((one) => clusterIn(one, terraform)));
    expect(twice).toThrow(
      /^(?![^]*keeps its state in the same place)[^]*prod\/small-cluster have the same name/,
    );
  });

  test.each(["small-cluster", "Small-Cluster"])("is not that of a plain stack: %s", (id) => {
    expect(
      synthIn((dev, prod) => {
        new TerraformStack(new Construct(dev, "deep"), id);
        clusterIn(prod);
      }),
    ).toThrow(`The stacks dev/deep/${id} and prod/small-cluster have the same name`);
    expect(
      synthIn((_, prod) => {
        clusterIn(prod);
        new TerraformStack(new Construct(prod.node.findChild("small-cluster"), "in"), id);
      }),
    ).toThrow(`The stacks prod/small-cluster and prod/small-cluster/in/${id} have the same name`);
  });

  test("can be anything else for a plain stack", () => {
    expect(
      synthIn((dev, prod) => {
        new TerraformStack(dev, "dns");
        clusterIn(prod);
      })(),
    ).toEqual(["dns", ...NAMES]);
  });

  test("has a prefix, which is also in the names of states and of additional stacks", () => {
    const terraform = (stackPrefix: string) => ({
      stackPrefix,
      backend: { backendType: BackendType.AZURERM },
    });
    const names = (prefix: string) => NAMES.map((name) => `${prefix}-${name}`);
    expect(
      synthIn((dev, prod) => {
        clusterIn(dev, terraform("dev"));
        clusterIn(prod, terraform("prod"));
      })(),
    ).toEqual([...names("dev"), ...names("prod")]);
    const { cluster } = clusterIn(Testing.app(), terraform("prod"));
    expect(render(cluster).terraform.backend).toEqual({
      azurerm: { key: "prod-small-cluster.tfstate" },
    });
    const own = new TeamStack(Testing.app(), "dns", terraform("prod"));
    expect(own.node.id).toBe("prod-dns");
  });

  test.each(["", "a b", "prod/", "-prod", "prod-", "{stack}"])(
    "has no prefix %j",
    (stackPrefix) => {
      const message = `HAKS-TF-003 at terraform.stackPrefix: "${stackPrefix}" cannot be`;
      expect(() => clusterIn(Testing.app(), { stackPrefix })).toThrow(message);
      expect(() => new TeamStack(Testing.app(), "dns", { stackPrefix })).toThrow(message);
    },
  );
});

describe("the provider for another subscription", () => {
  const specIn = (subscriptionId: string): ClusterSpec => ({
    ...SMALL,
    network: {
      ...SMALL.network,
      virtualNetwork: ResourceReference.byName({
        name: "vnet",
        resourceGroup: "network-rg",
        subscriptionId,
      }),
    },
  });
  const providers = (terraform: TeamStackProps, subscriptionId = OTHER_SUBSCRIPTION) =>
    stackJson(specIn(subscriptionId), "cluster", terraform).provider.azurerm;
  const settings: TeamStackProps = {
    subscriptionId: "33333333-3333-4333-8333-333333333333",
    tenantId: "22222222-2222-4222-8222-222222222222",
    resourceProviderRegistrations: ResourceProviderRegistrations.CORE,
  };

  test("signs in to the tenant of the stack, and registers what the stack does", () => {
    expect(providers(settings)).toEqual([
      expect.objectContaining({
        subscription_id: settings.subscriptionId,
        tenant_id: settings.tenantId,
        resource_provider_registrations: ResourceProviderRegistrations.CORE,
      }),
      expect.objectContaining({
        alias: `subscription-${OTHER_SUBSCRIPTION}`,
        subscription_id: OTHER_SUBSCRIPTION,
        tenant_id: settings.tenantId,
        resource_provider_registrations: ResourceProviderRegistrations.CORE,
        storage_use_azuread: true,
      }),
    ]);
  });

  test("has no tenant and registers nothing if the stack says nothing", () => {
    const [, other = {}] = providers({}) ?? [];
    expect(other).toMatchObject({ resource_provider_registrations: "none" });
    expect(other).not.toHaveProperty("tenant_id");
  });

  test("is that of the stack if the subscription is the same in another spelling", () => {
    const id = "abcdefab-4444-4444-8444-444444444444";
    expect(providers({ subscriptionId: id.toUpperCase() }, id)).toHaveLength(1);
  });
});

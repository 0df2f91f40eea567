// Flux and the membership in a fleet of clusters that exist: what the description has, what is said, what is not known.
import { parse } from "yaml";
import { EXTENSION_ROWS } from "../../app/discover/extension-fields";
import { Note, fieldsOf, sourceOf } from "../../app/discover/source";
import { discover } from "../../app/discover/discover";
import { FindingsError } from "../../app/finding";
import { Fields, exportsFolder, exportsOf, inside } from "../app/adopt.fixtures";
import { textOf } from "../scenarios";

const CLUSTER =
  "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/everything-rg/providers/Microsoft.ContainerService/managedClusters/everything";

/** A file of the exports, as a list. */
const listOf = (file: string) =>
  JSON.parse(textOf(exportsFolder("everything"), `${file}.json`)) as Fields[];

/** The exports after an edit of the objects of a file. */
const exportsWith = (file: string, edit: (list: Fields[]) => Fields[] | Fields) =>
  exportsOf("everything", { files: { [`${file}.json`]: edit(listOf(file)) } });

/** The fields of Flux and the fleet, and the notes on them, after an edit of the objects of a file. */
function edited(file: string, edit: (list: Fields[]) => Fields[] | Fields = (list) => list) {
  const notes: Note[] = [];
  const fields = fieldsOf(EXTENSION_ROWS, sourceOf(exportsWith(file, edit), notes));
  const { flux, fleetManager } = fields as { flux?: Fields; fleetManager?: Fields };
  return { flux, fleetManager, notes: notes.map(({ message }) => message) };
}

/** The same after an edit of one object. */
const editedOne = (file: string, name: string, edit: (one: Fields) => void) =>
  edited(file, (list) => {
    list.filter((one) => one.name === name).forEach(edit);
    return list;
  });

const namesOf = ({ flux }: { readonly flux?: Fields }) =>
  ((flux?.configurations ?? []) as Fields[]).map(({ name }) => name);

describe("a Flux configuration", () => {
  test("is described with all its fields", () => {
    const { flux } = edited("flux-configurations");
    expect(namesOf({ flux })).toEqual(["platform", "apps"]);
    expect(flux).toMatchObject({ multiTenancy: false });
    expect((flux?.configurations as Fields[])[1]).toEqual({
      name: "apps",
      namespace: "apps",
      repository: {
        url: "ssh://git@git.example.com/apps",
        tag: "v1.2.0",
        secretName: "apps-repository",
        syncIntervalSeconds: 120,
      },
      scope: "namespace",
      kustomizations: [
        {
          name: "apps",
          prune: false,
          wait: true,
          syncIntervalSeconds: 600,
          retryIntervalSeconds: 60,
          timeoutSeconds: 600,
        },
      ],
    });
  });

  test("tries again at the next comparison, if Azure has no other interval", () => {
    const { flux } = edited("flux-configurations");
    const [platform] = flux?.configurations as { kustomizations: Fields[] }[];
    expect(platform?.kustomizations[1]).toMatchObject({
      syncIntervalSeconds: 300,
      retryIntervalSeconds: 300,
    });
  });

  const git = (one: Fields) => inside(one, "gitRepository");
  const kustomization = (one: Fields) => inside(one, "kustomizations", "apps");

  test.each<[string, (one: Fields) => void]>([
    ["sourceKind OCIRepository", (one) => (one.sourceKind = "OCIRepository")],
    ["suspend", (one) => (one.suspend = true)],
    ["configurationProtectedSettings", (one) => (one.configurationProtectedSettings = { a: "b" })],
    ["gitRepository.httpsUser", (one) => (git(one).httpsUser = "a")],
    ["gitRepository.httpsCaCert", (one) => (git(one).httpsCaCert = "QQ==")],
    ["gitRepository.sshKnownHosts", (one) => (git(one).sshKnownHosts = "QQ==")],
    ["gitRepository.timeoutInSeconds", (one) => (git(one).timeoutInSeconds = 60)],
    ["gitRepository.provider", (one) => (git(one).provider = "GitHub")],
    ["gitRepository.url", (one) => (git(one).url = null)],
    ["gitRepository.repositoryRef", (one) => (git(one).repositoryRef = null)],
    [
      "gitRepository.repositoryRef",
      (one) => (git(one).repositoryRef = { branch: "main", commit: "0".repeat(40) }),
    ],
    ["kustomizations.apps.force", (one) => (kustomization(one).force = true)],
    [
      "kustomizations.apps.postBuild.substitute.a",
      (one) => (kustomization(one).postBuild = { substitute: { a: "b" } }),
    ],
    [
      "kustomizations.apps.dependsOn",
      (one) => (kustomization(one).dependsOn = [{ kustomizationName: "a" }]),
    ],
    ["aNewField", (one) => (one.aNewField = "a")],
  ])("with %s is left out, with a note", (path, edit) => {
    const found = editedOne("flux-configurations", "apps", edit);
    expect(namesOf(found)).toEqual(["platform"]);
    const about = found.notes.filter((message) => message.includes('configuration "apps"'));
    expect(about).toHaveLength(1);
    expect(about[0]).toContain(path);
    expect(about[0]).toContain("Terraform leaves it alone.");
  });

  test("has no secret in its note", () => {
    const { notes } = editedOne("flux-configurations", "apps", (one) => {
      one.configurationProtectedSettings = { httpsKey: "top-secret" };
      git(one).url = "https://me:top-secret@git.example.com/apps";
    });
    expect(notes.join(" ")).not.toContain("top-secret");
  });

  test("that a rule refuses is left out, with the reason", () => {
    const exports = exportsWith("flux-configurations", (list) =>
      list.map((one) => (one.name === "apps" ? { ...one, namespace: "kube-system" } : one)),
    );
    const { text, report } = discover(exports, "everything");
    expect(namesOf(parse(text) as { readonly flux?: Fields })).toEqual(["platform"]);
    const messages = report.differences.map(({ message }) => message).join(" ");
    expect(messages).toContain("a rule refuses it");
  });
});

describe("the Flux extension", () => {
  const settings = (more: Fields) => (one: Fields) => {
    one.configurationSettings = { ...(one.configurationSettings as Fields), ...more };
  };

  test.each<[string, (one: Fields) => void, Fields]>([
    ["a version", (one) => (one.version = "1.17.3"), { version: "1.17.3" }],
    ["multi-tenancy", settings({ "multiTenancy.enforce": "true" }), { multiTenancy: undefined }],
    ["no identity", settings({ "workloadIdentity.enable": "false" }), { clientId: undefined }],
  ])("has %s as in Azure", (_, edit, fields) => {
    const before = edited("extensions").flux;
    const after = editedOne("extensions", "flux", edit).flux;
    for (const [name, value] of Object.entries(fields)) {
      expect([before?.[name] === value, after?.[name]]).toEqual([false, value]);
    }
  });

  test.each<[string, (one: Fields) => void, string]>([
    ["settings without a field", settings({ "a.b": "c" }), "enabled and a.b"],
    ["protected settings", (one) => (one.configurationProtectedSettings = { a: "b" }), "protected"],
    ["another train", (one) => (one.releaseTrain = "Preview"), "the release train Preview"],
    ["no upgrades", (one) => (one.autoUpgradeMinorVersion = false), "does not upgrade the Flux"],
  ])("with %s is described, with a note", (_, edit, words) => {
    const told = ({ notes }: { readonly notes: string[] }) =>
      notes.filter((message) => message.includes(words)).length;
    const found = editedOne("extensions", "flux", edit);
    expect([told(edited("extensions")), told(found)]).toEqual([0, 1]);
    expect(namesOf(found)).toContain("platform");
  });

  test("of another name is left out with its configurations, since Terraform would replace it", () => {
    const { flux, notes } = editedOne("extensions", "flux", (one) => (one.name = "gitops"));
    expect(flux).toBeUndefined();
    expect(notes.join(" ")).toContain('is called "gitops"');
  });

  test("is not there if no extension of the cluster is Flux, and the others are in the report", () => {
    const { flux, notes } = edited("extensions", (list) =>
      list.filter(({ name }) => name !== "flux"),
    );
    expect(flux).toBeUndefined();
    expect(notes).toEqual([
      'The cluster has the extension "dapr" (microsoft.dapr), which discover does not describe. It stays as it is.',
    ]);
  });

  test("of a cluster of Azure Arc is none of the cluster; that of another cluster is refused", () => {
    const moved = (to: string) => (list: Fields[]) =>
      list.map((one) => ({
        ...one,
        id: String(one.id).replace(/Microsoft.ContainerService\/managedClusters\/everything/, to),
      }));
    const { flux } = edited("extensions", moved("Microsoft.Kubernetes/connectedClusters/other"));
    expect(flux).toBeUndefined();
    const code = (file: string) => {
      try {
        edited(file, moved("Microsoft.ContainerService/managedClusters/other"));
        return undefined;
      } catch (error) {
        return error instanceof FindingsError ? error.findings[0]?.code : undefined;
      }
    };
    expect(code("extensions")).toBe("HAKS-DISC-003");
    expect(code("flux-configurations")).toBe("HAKS-DISC-003");
  });
});

describe("the membership in a fleet", () => {
  test("is described with its fleet, its name and its group", () => {
    expect(edited("fleet-members").fleetManager).toEqual({
      fleet: { name: "production", resourceGroup: "fleet-rg" },
      memberName: "everything-member",
      updateGroup: "canary",
    });
  });

  test("of another cluster is none", () => {
    const { fleetManager, notes } = edited("fleet-members", ([other]) => [other!]);
    expect(fleetManager).toBeUndefined();
    expect(notes.join(" ")).not.toContain("fleet");
  });

  test.each<[string, (member: Fields) => Fields[], string]>([
    [
      "in several fleets",
      (one) => [one, { ...one, id: String(one.id).replace("production", "other") }],
      "a member of several fleets",
    ],
    [
      "with the id of the cluster in other letters",
      (one) => [{ ...one, clusterResourceId: CLUSTER.replace("resourceGroups", "resourcegroups") }],
      "in other letters than azurerm",
    ],
  ])("%s is left out, with a note", (_, edit, words) => {
    const { fleetManager, notes } = edited("fleet-members", (list) => edit(list[1]!));
    expect(fleetManager).toBeUndefined();
    expect(notes.join(" ")).toContain(words);
  });

  test("with labels is described, and they are in the report", () => {
    const found = editedOne("fleet-members", "everything-member", (one) => {
      one.labels = { a: "b" };
    });
    expect(found.fleetManager).toMatchObject({ memberName: "everything-member" });
    expect(found.notes).toContain('Not carried over: "b".');
  });
});

describe("without exports", () => {
  const GROUP = {
    id: "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/everything-rg",
    type: "Microsoft.Resources/resourceGroups",
  };

  test.each([
    ["extensions", "whether Flux runs on it is not known"],
    [
      "flux-configurations",
      "the configurations of Flux (az k8s-configuration flux list): they are not known",
    ],
    ["fleet-members", "whether the cluster is a member of one is not known"],
  ])("of %s nothing is known, and nothing is described", (file, words) => {
    const gone = edited(file, () => GROUP);
    expect(gone.notes.join(" ")).toContain(words);
    const { flux, fleetManager } = gone;
    const described = { extensions: flux, "flux-configurations": flux?.configurations }[file];
    expect(file === "fleet-members" ? fleetManager : described).toBeUndefined();
  });

  test("nothing is said where the script of discover found none", () => {
    const none = (type: string) => ({ type, value: [] });
    const { flux, notes } = edited("extensions", () =>
      none("Microsoft.KubernetesConfiguration/extensions"),
    );
    expect(flux).toBeUndefined();
    expect(notes.join(" ")).not.toContain("not known");
    expect(() => edited("extensions", () => ({ type: "other", value: [] }))).toThrow(FindingsError);
  });
});

// A part of Azure in memory, in the shapes of exports, and an `az` that works on it. Tests use it as a function and as a program.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Pool {
  readonly name: string;
  readonly provisioningState: string;
  nodeImageVersion: string;
}

interface Cluster {
  readonly id: string;
  readonly name: string;
  nodeResourceGroup: string;
  provisioningState: string;
  resourceUid?: string;
  readonly agentPoolProfiles?: Pool[];
  identity?: {
    readonly type: string;
    readonly principalId: string | null;
    readonly userAssignedIdentities?: object | null;
  } | null;
  identityProfile?: {
    kubeletidentity?: { clientId: string; objectId: string; resourceId: string };
  } | null;
  servicePrincipalProfile?: { readonly clientId: string } | null;
}

interface Assignment {
  readonly id: string;
  createdOn: string;
  readonly scope: string;
  readonly principalId: string;
  readonly principalName: string;
  readonly principalType: string;
  readonly roleDefinitionId: string;
  readonly roleDefinitionName: string;
  readonly condition: string | null;
}

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly principalId: string;
  readonly clientId: string;
}

interface Application {
  readonly appId: string;
  readonly deletedDateTime?: string | null;
}

interface Role {
  readonly properties: {
    readonly roleName: string;
    readonly permissions: { readonly actions: string[]; readonly dataActions: string[] }[];
  };
}

/** What exists. */
export interface Azure {
  cluster: Cluster;
  /** Whether the cluster is deleted. */
  gone?: boolean;
  pools: Pool[];
  assignments: Assignment[];
  identities: Identity[];
  applications: Application[];
  /** Custom roles by their GUIDs. */
  roles: { [guid: string]: { name: string; actions: string[] } };
  /** Other clusters. */
  others: Cluster[];
  /** Other subscriptions that az sees, and those in which it may list nothing. */
  subscriptions: string[];
  closed: string[];
  /** What else the exports have, by file. */
  rest: { [file: string]: unknown };
}

const FILES = ["cluster", "node-pools", "role-assignments", "identities", "application"];

/** Reads exports. */
export function azureFrom(folder: string): Azure {
  const azure: Azure = {
    ...{ cluster: {} as Cluster, pools: [], assignments: [], identities: [], applications: [] },
    ...{ roles: {}, others: [], subscriptions: [], closed: [], rest: {} },
  };
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
    const content = JSON.parse(readFileSync(join(folder, name), "utf8")) as never;
    const list: never[] = [content].flat();
    if (name === "cluster.json") azure.cluster = content;
    else if (name === "node-pools.json") azure.pools = list;
    else if (name.startsWith("role-assignments")) azure.assignments.push(...list);
    else if (name.startsWith("identit")) azure.identities.push(...list);
    else if (name === "application.json") azure.applications = list;
    else azure.rest[name] = content;
  }
  return azure;
}

/** Writes exports. */
export function exportTo(folder: string, azure: Azure): void {
  mkdirSync(folder, { recursive: true });
  for (const name of FILES) {
    rmSync(join(folder, `${name}.json`), { force: true });
  }
  const write = (name: string, content: unknown) => {
    if (!Array.isArray(content) || content.length > 0) {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
    }
  };
  write("cluster", azure.cluster);
  write("node-pools", azure.pools);
  write("role-assignments", azure.assignments);
  write("identities", azure.identities);
  write("application", azure.applications);
  for (const [name, content] of Object.entries(azure.rest)) {
    writeFileSync(join(folder, name), JSON.stringify(content));
  }
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const guid = (number: number) => `99999999-0000-4000-8000-${String(number).padStart(12, "0")}`;
const lines = (list: (string | boolean | null | undefined)[]) =>
  list.map((one) => `${one ?? ""}\n`).join("");

interface Call {
  readonly azure: Azure;
  readonly option: (name: string) => string;
  readonly has: (name: string) => boolean;
  readonly query: string;
  readonly subscription: string;
}

/** When role assignments are made, so that scripts need not wait until they take effect. */
const LONG_AGO = "2024-03-01T09:12:44.000000+00:00";

const silent = (): string => "";

const COMMANDS: { readonly [command: string]: (call: Call) => string } = {
  "account show": ({ subscription, query }) =>
    lines([query === "tenantId" ? "11111111-1111-4111-8111-111111111111" : subscription]),
  "account list": ({ azure, subscription }) => lines([subscription, ...azure.subscriptions]),
  "aks show": ({ azure, query, option }) => shown(azure, query, option("--output")),
  "aks list": ({ azure, query, option }) => clustersIn(azure, query, option("--subscription")),
  "aks update": ({ azure, option, has }) =>
    updated(
      azure,
      option("--assign-identity"),
      has("--assign-kubelet-identity") ? option("--assign-kubelet-identity") : undefined,
    ),
  "aks delete": ({ azure }) => {
    azure.gone = true;
    return "";
  },
  "aks nodepool list": ({ azure }) =>
    lines(azure.pools.map(({ name, nodeImageVersion }) => `${name}\t${nodeImageVersion}`)),
  "aks nodepool show": ({ azure, option }) =>
    lines([azure.pools.find(({ name }) => name === option("--name"))?.nodeImageVersion]),
  "aks nodepool upgrade": ({ azure, option }) => reimage(azure, option("--name")),
  "group exists": () => lines([true]),
  "group create": silent,
  "lock create": silent,
  "lock list": silent,
  "identity list": ({ azure, query, option }) => {
    const found = azure.identities.filter(
      ({ name, id }) =>
        query.includes(`'${name}'`) &&
        id.toLowerCase().includes(`/${option("--resource-group").toLowerCase()}/`),
    );
    return option("--output") === "json"
      ? JSON.stringify(found)
      : lines(found.map(({ principalId }) => principalId));
  },
  "identity show": ({ azure, option, has }) => {
    const found = azure.identities.find(({ id, name }) =>
      has("--ids") ? same(id, option("--ids")) : name === option("--name"),
    );
    if (!found) throw new Error("ResourceNotFound");
    return lines([found.principalId]);
  },
  "identity create": ({ azure, option }) => {
    const [name, resourceGroup] = [option("--name"), option("--resource-group")];
    const count = azure.identities.length * 2 + 1;
    const id = `/subscriptions/${option("--subscription")}/resourcegroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    azure.identities.push({ id, name, principalId: guid(count), clientId: guid(count + 1) });
    return "";
  },
  "role definition list": ({ azure, option, query }) => {
    const found = Object.entries(azure.roles).filter(
      ([id, { name }]) => id === option("--name") || name === option("--name"),
    );
    return lines(
      query === "[].name" ? found.map(([id]) => id) : found.flatMap(([, { actions }]) => actions),
    );
  },
  rest: ({ azure, option }) => {
    if (option("--method") === "get") {
      return JSON.stringify(azure.applications.filter((one) => one.deletedDateTime));
    }
    const id = option("--url").split("/").pop()!.split("?")[0]!;
    const { properties } = JSON.parse(option("--body")) as Role;
    azure.roles[id] = {
      name: properties.roleName,
      actions: properties.permissions.flatMap((one) => [...one.actions, ...one.dataActions]),
    };
    return "";
  },
  "role assignment list": ({ azure, option, has, query }) => {
    if (query.startsWith("{subscription:")) {
      const subscription = option("--subscription");
      const value = azure.assignments.filter(({ id }) =>
        same(id.split("/")[2] ?? "", subscription),
      );
      return JSON.stringify({ subscription, value });
    }
    const found = azure.assignments.filter(
      ({ principalId, scope, roleDefinitionId, roleDefinitionName }) =>
        same(principalId, option("--assignee-object-id")) &&
        (has("--all") || same(scope, option("--scope"))) &&
        (!has("--role") ||
          same(roleDefinitionId.split("/").pop()!, option("--role")) ||
          same(roleDefinitionName, option("--role"))) &&
        (!has("--subscription") || same(scope.split("/")[2] ?? "", option("--subscription"))),
    );
    if (option("--output") === "json")
      return JSON.stringify(
        found.map(({ id }) => id),
        null,
        2,
      );
    if (query === "[].createdOn") return lines(found.map(({ createdOn }) => createdOn));
    return lines(query === "[0].condition" ? [found[0]?.condition] : found.map(({ id }) => id));
  },
  "role assignment create": ({ azure, option, has, subscription }) => {
    const [scope, role] = [option("--scope"), option("--role")];
    const name = has("--name") ? option("--name") : guid(azure.assignments.length + 5000);
    const principalId = option("--assignee-object-id");
    azure.assignments.push({
      id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
      ...{ scope, principalId, principalName: principalId, createdOn: LONG_AGO },
      principalType: option("--assignee-principal-type"),
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      roleDefinitionName: azure.roles[role]?.name ?? role,
      condition: has("--condition") ? option("--condition") : null,
    });
    return "";
  },
  "role assignment delete": ({ azure, option, has }) => {
    azure.assignments = azure.assignments.filter(({ id, principalId, scope, roleDefinitionId }) =>
      has("--ids")
        ? !same(id, option("--ids"))
        : !(
            same(principalId, option("--assignee-object-id")) &&
            same(scope, option("--scope")) &&
            roleDefinitionId.endsWith(option("--role"))
          ),
    );
    return "";
  },
  "ad app list": ({ azure, option }) =>
    lines(
      azure.applications
        .filter((one) => option("--filter").includes(one.appId) && !one.deletedDateTime)
        .map(({ appId }) => appId),
    ),
  "ad app delete": ({ azure, option }) => {
    azure.applications = azure.applications.map((one) =>
      one.appId === option("--id") ? { ...one, deletedDateTime: "2026-12-01T00:00:00Z" } : one,
    );
    return "";
  },
};

/** Commands that print objects, without a query. */
const OBJECTS: { readonly [command: string]: (call: Call) => unknown } = {
  "aks show": ({ azure }) => (azure.gone ? undefined : azure.cluster),
  "aks nodepool list": ({ azure }) => (azure.gone ? undefined : azure.pools),
  "identity show": ({ azure, option }) =>
    azure.identities.find(({ id }) => same(id, option("--ids"))),
  "ad app show": ({ azure }) => azure.applications.find((one) => !one.deletedDateTime),
  "ad sp show": () => undefined,
};

/** Runs a command, and returns what it prints. */
export function az(azure: Azure, args: readonly string[]): string {
  const words = args.findIndex((one) => one.startsWith("-"));
  const name = args.slice(0, words).join(" ");
  const option = (one: string) => args[args.indexOf(one) + 1] ?? "";
  const objects = args.includes("--query") ? undefined : OBJECTS[name];
  if (objects && option("--output") === "json") {
    const found = objects({ azure, option, has: () => false, query: "", subscription: "" });
    if (found === undefined) throw new Error("ResourceNotFound");
    return JSON.stringify(found);
  }
  const command = COMMANDS[name];
  if (!command) throw new Error(`az ${args.join(" ")}: not known here.`);
  return command({
    ...{ azure, option },
    has: (one) => args.includes(one),
    query: option("--query"),
    subscription: azure.cluster.id.split("/")[2] ?? "",
  });
}

function shown({ cluster, pools }: Azure, query: string, output: string): string {
  const values: { [query: string]: (string | undefined)[] } = {
    "[provisioningState, agentPoolProfiles[].provisioningState][]": [
      cluster.provisioningState,
      ...pools.map(({ provisioningState }) => provisioningState),
    ],
    "identityProfile.kubeletidentity.objectId": [
      cluster.identityProfile?.kubeletidentity?.objectId,
    ],
    "identityProfile.kubeletidentity.resourceId": [
      cluster.identityProfile?.kubeletidentity?.resourceId,
    ],
    "servicePrincipalProfile.clientId": [cluster.servicePrincipalProfile?.clientId],
  };
  if (query === "identity.userAssignedIdentities" && output === "json") {
    return `${JSON.stringify(cluster.identity?.userAssignedIdentities ?? null, undefined, 2)}\n`;
  }
  if (!values[query]) throw new Error(`az aks show --query ${query}: not known here.`);
  return lines(values[query]);
}

function clustersIn(
  { cluster, gone, others, closed }: Azure,
  query: string,
  place: string,
): string {
  if (closed.includes(place)) throw new Error("AuthorizationFailed");
  const all = [...(gone ? [] : [cluster]), ...others].filter(({ id }) =>
    same(id.split("/")[2] ?? "", place),
  );
  if (query.startsWith("[?resourceUid==")) {
    return lines(
      all.filter(({ resourceUid }) => query.includes(`'${resourceUid}'`)).map(({ id }) => id),
    );
  }
  return lines(
    all.map((one) =>
      [
        one.id,
        ...(query === "[].id"
          ? []
          : [
              JSON.stringify(one.identity?.userAssignedIdentities ?? null),
              one.identityProfile?.kubeletidentity?.resourceId ?? "None",
              one.servicePrincipalProfile?.clientId ?? "None",
            ]),
      ].join("\t"),
    ),
  );
}

/** az aks update: the control plane at once; nodes with a service principal follow with their next image. */
function updated(azure: Azure, controlPlane: string, kubelet?: string): string {
  const { cluster, identities, pools } = azure;
  const found = identities.find(({ id }) => same(id, controlPlane));
  if (!found) throw new Error("The identity does not exist.");
  const isSystem = cluster.identity?.type === "SystemAssigned";
  const system = cluster.identity?.principalId;
  cluster.servicePrincipalProfile = { clientId: "msi" };
  cluster.identity = {
    type: "UserAssigned",
    principalId: null,
    userAssignedIdentities: {
      [found.id]: { principalId: found.principalId, clientId: found.clientId },
    },
  };
  if (isSystem) {
    // Azure deletes the identity, and leaves its role assignments.
    azure.assignments = azure.assignments.map((one) =>
      one.principalId === system ? { ...one, principalName: "" } : one,
    );
  }
  if (!cluster.identityProfile) {
    const name = `${cluster.name}-agentpool`;
    const id = `/subscriptions/${cluster.id.split("/")[2]}/resourcegroups/${cluster.nodeResourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const made = { id, name, clientId: guid(7001), principalId: guid(7002) };
    identities.push(made);
    cluster.identityProfile = {
      kubeletidentity: { clientId: made.clientId, objectId: made.principalId, resourceId: id },
    };
  }
  if (kubelet !== undefined) {
    const other = identities.find(({ id }) => same(id, kubelet));
    const operates = azure.assignments.some(
      ({ principalId, scope, roleDefinitionId }) =>
        principalId === found.principalId &&
        same(scope, kubelet) &&
        roleDefinitionId.endsWith("f1a07417-d97a-45cb-824c-7a7467783830"),
    );
    if (!other || !operates) throw new Error("Could not grant Managed Identity Operator.");
    cluster.identityProfile.kubeletidentity = {
      ...{ clientId: other.clientId, objectId: other.principalId, resourceId: other.id },
    };
    pools.forEach(({ name }) => reimage(azure, name));
  }
  return "";
}

function reimage({ pools, cluster }: Azure, name: string): string {
  for (const pool of [...pools, ...(cluster.agentPoolProfiles ?? [])]) {
    if (pool.name === name) pool.nodeImageVersion = "AKSUbuntu-2204gen2containerd-202612.01.0";
  }
  return "";
}

/** A Terraform plan of the cluster stack, as `terraform plan -json` prints it. */
export function planLog({ cluster }: Azure, kubeletId: string, change = 0): string {
  const isMoved = same(cluster.identityProfile?.kubeletidentity?.resourceId ?? "", kubeletId);
  const address = { addr: "azurerm_kubernetes_cluster.cluster" };
  return [
    { type: "version", terraform: "1.11.4" },
    { type: "refresh_start", hook: { resource: address, id_key: "id", id_value: cluster.id } },
    ...(isMoved
      ? []
      : [
          {
            type: "diagnostic",
            diagnostic: {
              severity: "warning",
              summary: "Check block assertion failed",
              detail: "The nodes of the cluster act as x, and not as the kubelet identity.",
            },
          },
        ]),
    {
      type: "change_summary",
      changes: { add: 0, change, remove: 0, import: 0, operation: "plan" },
    },
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join("");
}

/** The file that the program keeps Azure in. */
const STATE = "azure.json";

/** Saves Azure for the program. */
export function save(folder: string, azure: Azure): void {
  writeFileSync(join(folder, STATE), JSON.stringify(azure));
}

/** Reads what the program left. */
export function saved(folder: string): Azure {
  return JSON.parse(readFileSync(join(folder, STATE), "utf8")) as Azure;
}

/** The program: works on the file in a folder, and writes down its calls. */
export function main(folder: string, args: string[]): void {
  const azure = saved(folder);
  const calls = join(folder, "calls.json");
  const earlier = existsSync(calls) ? (JSON.parse(readFileSync(calls, "utf8")) as string[][]) : [];
  writeFileSync(calls, JSON.stringify([...earlier, args]));
  try {
    process.stdout.write(az(azure, args));
    save(folder, azure);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

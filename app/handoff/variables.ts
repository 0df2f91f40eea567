// Lists the variables that a pipeline can set, from the description. Principals, address ranges and sizes are not among
// them: values that the rules check must be in the description. Pure.
import { references } from "../../lib/access/placed-references";
import { NAME_RULES, NameRule, isSameName } from "../../lib/spec/naming";
import { nodeSubnets, podSubnets } from "../../lib/spec/pools";
import { ResolvedSpec } from "../../lib/spec/resolved-spec";
import { EXTENSION_PRINCIPAL, EXTENSION_PRINCIPAL_DESCRIPTION } from "../../lib/spec/backup";
import { issuerDescription, issuerVariable } from "../../lib/spec/workloads";
import { identifier, prefixOf, wordsOf } from "./variable-names";
import { IDENTITY_VARIABLES, IdentityMode } from "./identities";
import { Variable, Place, Validation } from "./variable";
import {
  guidValidation,
  issuerValidation,
  idValidation,
  keyValidation,
  nameValidation,
  subscriptionValidation,
  tagsValidation,
} from "./validations";

/** Input of `possibleVariables`. */
export interface VariablesProps {
  readonly spec: ResolvedSpec;
  readonly identities: IdentityMode;
}

/** Returns the variables that the stacks of a description can have. Of two with the same place, the first one counts. */
export function possibleVariables(props: VariablesProps): Variable[] {
  const all = [
    ...generalValues(props),
    ...clusterValues(props),
    ...identityValues(props),
    ...issuerValues(props),
    ...backupValues(props),
    ...referenceValues(props),
    ...subnetValues(props.spec),
  ];
  const places = new Set<string>();
  const names = new Set<string>();
  return all.flatMap((variable) => {
    const place = JSON.stringify(variable.place).toLowerCase();
    if (variable.place.kind !== "variable" && places.has(place)) {
      return [];
    }
    places.add(place);
    const name = unused(variable.name, names);
    names.add(name);
    return [name === variable.name ? variable : renamed(variable, name)];
  });
}

function generalValues({ spec }: VariablesProps): Variable[] {
  const { subscriptionId, tenantId } = spec;
  const subscription = value(
    "subscription_id",
    subscriptionId === undefined
      ? "Subscription of the stack; defaults to ARM_SUBSCRIPTION_ID."
      : "Subscription of the cluster.",
    subscriptionId ?? null,
    { kind: "subscription", subscription: "" },
    subscriptionValidation,
  );
  const tags: Variable = {
    ...value("tags", "Tags of all resources.", spec.tags ?? null, { kind: "tags" }, tagsValidation),
    type: "map(string)",
  };
  return tenantId === undefined
    ? [subscription, tags]
    : [
        subscription,
        value("tenant_id", "Entra tenant.", tenantId, { kind: "tenant" }, (name) =>
          guidValidation(name, "tenantId"),
        ),
        tags,
      ];
}

function clusterValues({ spec }: VariablesProps): Variable[] {
  const { nodeResourceGroup, kms } = spec;
  const { resourceGroup: identityGroup, subscriptionId: ofIdentities = "" } = spec.identities;
  return [
    named("cluster_name", "cluster", spec.name, NAME_RULES.cluster, {
      kind: "cluster",
      name: spec.name,
    }),
    group("resource_group_name", "resource group of the cluster", spec.resourceGroup.name),
    ...placeVariables("identities", "identities", identityGroup.name, ofIdentities),
    ...(nodeResourceGroup === undefined
      ? []
      : [
          named(
            "node_resource_group_name",
            "resource group that AKS creates for the nodes",
            nodeResourceGroup,
            NAME_RULES.resourceGroup,
            { kind: "nodeResourceGroup", name: nodeResourceGroup },
          ),
        ]),
    ...(kms
      ? [
          value(
            "key_id",
            "Versioned id of the key that encrypts etcd.",
            kms.keyId,
            { kind: "key", id: kms.keyId },
            keyValidation,
          ),
        ]
      : []),
  ];
}

function identityValues({
  spec: { identities, subscriptionId: ofStack = "" },
  identities: mode,
}: VariablesProps): Variable[] {
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
  const names = (["controlPlane", "kubelet"] as const).flatMap((kind) => {
    const { prefix, words } = IDENTITY_VARIABLES[kind];
    const { name, resourceGroup, subscriptionId = "" } = identities[kind];
    const subscription = isSameName(subscriptionId, ofStack) ? "" : subscriptionId;
    const place = { kind: "resource", type, subscription, group: resourceGroup, name } as const;
    return [
      named(`${prefix}_name`, words, name, NAME_RULES.identity, place),
      ...placeVariables(prefix, words, resourceGroup, subscription),
    ];
  });
  if (mode !== "variable") {
    return names;
  }
  const ids = (["controlPlane", "kubelet"] as const).flatMap((kind): Variable[] => {
    const { prefix, words } = IDENTITY_VARIABLES[kind];
    const { ids } = identities[kind];
    const given = (name: string, id: string, known: string | undefined, validation: ValidationOf) =>
      value(`${prefix}_${name}`, `${id} of the ${words}.`, known, { kind: "variable" }, validation);
    return [
      given("id", "Resource id", ids?.id, (name) => idValidation(name, type)),
      given("principal_id", "Object id", ids?.principalId, guidValidation),
      given("client_id", "Client id", ids?.clientId, guidValidation),
    ];
  });
  return [...names, ...ids];
}

/** Returns the variables for the issuers of workloads, which the stack has already. */
function issuerValues({ spec: { oidcIssuers } }: VariablesProps): Variable[] {
  return oidcIssuers
    .filter(({ url }) => url === undefined)
    .map((issuer) => {
      const place = { kind: "variable" } as const;
      const name = issuerVariable(issuer);
      return value(name, issuerDescription(issuer), undefined, place, issuerValidation);
    });
}

/** Returns the variables for backups; the stack has that of the identity of the extension already. */
function backupValues({ spec: { backup } }: VariablesProps): Variable[] {
  if (!backup) {
    return [];
  }
  const { snapshotResourceGroup: snapshots, blobContainer, extensionPrincipalId } = backup;
  return [
    group("snapshot_resource_group_name", "resource group of the snapshots of volumes", snapshots),
    named(
      "backup_blob_container",
      "blob container of the backups",
      blobContainer,
      NAME_RULES.blobContainer,
      { kind: "blobContainer" },
    ),
    ...(extensionPrincipalId === undefined
      ? [
          value(
            EXTENSION_PRINCIPAL,
            EXTENSION_PRINCIPAL_DESCRIPTION,
            undefined,
            { kind: "variable" },
            guidValidation,
          ),
        ]
      : []),
  ];
}

function referenceValues({ spec }: VariablesProps): Variable[] {
  return references(spec).flatMap(({ path, reference, type, rule }): Variable[] => {
    const { id, name, resourceGroup = "", subscriptionId = "" } = reference;
    const prefix = prefixOf(path, name);
    const words = wordsOf(path);
    const which = prefix === prefixOf(path, "") ? words : `${words} ${name}`;
    if (id !== undefined) {
      const byId: ValidationOf = (variable) => idValidation(variable, type);
      const described = `Resource id of the ${which}.`;
      return [{ ...value(`${prefix}_id`, described, id, { kind: "id", id }, byId), words }];
    }
    const place = {
      kind: "resource",
      type,
      subscription: subscriptionId,
      group: resourceGroup,
      name,
    } as const;
    return [
      { ...named(`${prefix}_name`, which, name, rule, place), words },
      ...placeVariables(prefix, which, resourceGroup, subscriptionId),
    ];
  });
}

/** Returns the variables for the resource group of a resource, and for its subscription if it is another one. */
function placeVariables(
  prefix: string,
  of: string,
  name: string,
  subscription: string,
): Variable[] {
  const inGroup = group(
    `${prefix}_resource_group_name`,
    `resource group of the ${of}`,
    name,
    subscription,
  );
  return subscription === ""
    ? [inGroup]
    : [
        inGroup,
        value(
          `${prefix}_subscription_id`,
          `Subscription of the ${of}.`,
          subscription,
          { kind: "subscription", subscription },
          guidValidation,
        ),
      ];
}

function subnetValues(spec: ResolvedSpec): Variable[] {
  const { nodeSubnet, podNetwork, apiServerSubnet, loadBalancerSubnets, privateLinkPolicies } =
    spec.network;
  const subnets: [string, string, string | undefined][] = [
    ["node_subnet", "subnet of the nodes", nodeSubnet],
    ["pod_subnet", "subnet of the pods", podNetwork.subnet],
    ["api_server_subnet", "subnet of the API server", apiServerSubnet],
    ...[
      ...loadBalancerSubnets,
      ...(privateLinkPolicies?.subnets ?? []),
      ...nodeSubnets(spec),
      ...podSubnets(spec),
    ].map((name): [string, string, string] => [
      `subnet_${identifier(name)}`,
      `subnet ${name}`,
      name,
    ]),
  ];
  return subnets.flatMap(([prefix, words, name]) =>
    name === undefined
      ? []
      : [
          {
            ...named(`${prefix}_name`, words, name, NAME_RULES.subnet, { kind: "subnet", name }),
            words: "subnet",
          },
        ],
  );
}

function group(name: string, words: string, group: string, subscription = ""): Variable {
  const place = { kind: "group", subscription, group } as const;
  const variable = named(name, words, group, NAME_RULES.resourceGroup, place);
  return { ...variable, words: "resource group" };
}

function named(name: string, words: string, given: string, rule: NameRule, place: Place): Variable {
  const validation: ValidationOf = (variable) => nameValidation(variable, rule);
  return { ...value(name, `Name of the ${words}.`, given, place, validation), words };
}

/** Creates the validation of a variable from its name. */
type ValidationOf = (variable: string) => Validation;

function value(
  name: string,
  description: string,
  given: unknown,
  place: Place,
  validation: ValidationOf,
): Variable {
  return {
    name,
    type: "string",
    description,
    value: given,
    place,
    validations: [validation(name)],
  };
}

// Two Azure names can map to the same variable name.
function unused(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number += 1) {
    candidate = `${name}_${number}`;
  }
  return candidate;
}

function renamed(variable: Variable, name: string): Variable {
  const change = (text: string): string => text.replaceAll(`var.${variable.name}`, `var.${name}`);
  const validations = variable.validations.map(({ condition, error_message }) => ({
    condition: change(condition),
    error_message: change(error_message),
  }));
  return { ...variable, name, validations };
}

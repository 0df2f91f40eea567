// The table of all that a pipeline can set late, from the description. Who gets rights, address ranges and
// sizes are not in it: what the rules decide about has to be in the description. Pure.
import { references } from "../../lib/access/placed-references";
import { NAME_RULES, NameRule, isSameName } from "../../lib/spec/naming";
import { allPools } from "../../lib/spec/pools";
import { ResolvedSpec } from "../../lib/spec/resolved-spec";
import { identifier, prefixOf, wordsOf } from "./late-names";
import { IDENTITY_VARIABLES, IdentityMode } from "./identities";
import { LateValue, Place } from "./late-value";
import {
  guidValidation,
  idValidation,
  keyValidation,
  nameValidation,
  subscriptionValidation,
  tagsValidation,
} from "./validations";

/** What the table is made from. */
export interface LateValuesProps {
  readonly spec: ResolvedSpec;
  readonly subscriptionId?: string;
  readonly identities: IdentityMode;
}

/** Every variable that a stack of the description could have. The first of two with one place counts. */
export function lateValues(props: LateValuesProps): LateValue[] {
  const all = [
    ...generalValues(props),
    ...clusterValues(props),
    ...identityValues(props),
    ...referenceValues(props),
    ...subnetValues(props.spec),
  ];
  const places = new Set<string>();
  const names = new Set<string>();
  return all.flatMap((value) => {
    const place = JSON.stringify(value.place).toLowerCase();
    if (value.place.kind !== "variable" && places.has(place)) {
      return [];
    }
    places.add(place);
    const name = unused(value.name, names);
    names.add(name);
    return [name === value.name ? value : renamed(value, name)];
  });
}

function generalValues({ spec, subscriptionId }: LateValuesProps): LateValue[] {
  return [
    {
      name: "subscription_id",
      type: "string",
      description:
        subscriptionId === undefined
          ? "Subscription that the stack works in; if it is not set, the one in ARM_SUBSCRIPTION_ID."
          : "Subscription that the stack works in.",
      value: subscriptionId ?? null,
      place: { kind: "subscription", subscription: "" },
      validations: [subscriptionValidation("subscription_id")],
    },
    ...(spec.tenantId === undefined
      ? []
      : [
          {
            name: "tenant_id",
            type: "string" as const,
            description: "Entra tenant.",
            value: spec.tenantId,
            place: { kind: "tenant" } as const,
            validations: [guidValidation("tenant_id")],
          },
        ]),
    {
      name: "tags",
      type: "map(string)",
      description: "Tags of all that is made.",
      value: spec.tags ?? null,
      place: { kind: "tags" },
      validations: [tagsValidation("tags")],
    },
  ];
}

function clusterValues({ spec }: LateValuesProps): LateValue[] {
  const { nodeResourceGroup, kms } = spec;
  const clusterGroup = spec.resourceGroup.name;
  const identityGroup = spec.identities.resourceGroup.name;
  return [
    named("cluster_name", "cluster", spec.name, NAME_RULES.cluster, {
      kind: "cluster",
      name: spec.name,
    }),
    group("resource_group_name", "resource group of the cluster", clusterGroup),
    group("identities_resource_group_name", "resource group of the identities", identityGroup),
    ...(nodeResourceGroup === undefined
      ? []
      : [
          named(
            "node_resource_group_name",
            "resource group that AKS makes for the nodes",
            nodeResourceGroup,
            NAME_RULES.resourceGroup,
            { kind: "nodeResourceGroup", name: nodeResourceGroup },
          ),
        ]),
    ...(kms
      ? [
          {
            name: "key_id",
            type: "string" as const,
            description: "Id of the key that encrypts etcd, with its version.",
            value: kms.keyId,
            place: { kind: "key", id: kms.keyId } as const,
            validations: [keyValidation("key_id")],
          },
        ]
      : []),
  ];
}

function identityValues({ spec: { identities }, identities: mode }: LateValuesProps): LateValue[] {
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
  const names = (["controlPlane", "kubelet"] as const).map((kind) => {
    const { prefix, words } = IDENTITY_VARIABLES[kind];
    const { name } = identities[kind];
    return named(`${prefix}_name`, words, name, NAME_RULES.identity, {
      kind: "resource",
      type,
      subscription: "",
      group: identities.resourceGroup.name,
      name,
    });
  });
  if (mode !== "variable") {
    return names;
  }
  const ids = (["controlPlane", "kubelet"] as const).flatMap((kind): LateValue[] => {
    const { prefix, words } = IDENTITY_VARIABLES[kind];
    const { ids: known } = identities[kind];
    const place = { kind: "variable" } as const;
    const value = (name: string, description: string, given: string | undefined): LateValue => ({
      name,
      type: "string",
      description,
      value: given,
      place,
      validations: [
        name.endsWith("_identity_id") ? idValidation(name, type) : guidValidation(name),
      ],
    });
    return [
      value(`${prefix}_id`, `Resource id of the ${words}.`, known?.id),
      value(`${prefix}_principal_id`, `Object id of the ${words}.`, known?.principalId),
      value(`${prefix}_client_id`, `Client id of the ${words}.`, known?.clientId),
    ];
  });
  return [...names, ...ids];
}

function referenceValues({ spec, subscriptionId: own = "" }: LateValuesProps): LateValue[] {
  return references(spec).flatMap(({ path, reference, type, rule }): LateValue[] => {
    const { id, name, resourceGroup = "" } = reference;
    const { subscriptionId: other = "" } = reference;
    const subscriptionId = isSameName(other, own) ? "" : other;
    const prefix = prefixOf(path, name);
    const words = wordsOf(path);
    const which = prefix === prefixOf(path, "") ? words : `${words} ${name}`;
    if (id !== undefined) {
      const variable = `${prefix}_id`;
      return [
        {
          name: variable,
          type: "string",
          description: `Resource id of the ${which}.`,
          value: id,
          place: { kind: "id", id },
          validations: [idValidation(variable, type)],
          words,
        },
      ];
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
      group(
        `${prefix}_resource_group_name`,
        `resource group of the ${which}`,
        resourceGroup,
        subscriptionId,
      ),
      ...(subscriptionId === ""
        ? []
        : [
            {
              name: `${prefix}_subscription_id`,
              type: "string" as const,
              description: `Subscription of the ${which}.`,
              value: subscriptionId,
              place: { kind: "subscription", subscription: subscriptionId } as const,
              validations: [guidValidation(`${prefix}_subscription_id`)],
            },
          ]),
    ];
  });
}

function subnetValues(spec: ResolvedSpec): LateValue[] {
  const { nodeSubnet, podNetwork, apiServerSubnet, loadBalancerSubnets } = spec.network;
  const subnets: [string, string, string | undefined][] = [
    ["node_subnet", "subnet of the nodes", nodeSubnet],
    ["pod_subnet", "subnet of the pods", podNetwork.subnet],
    ["api_server_subnet", "subnet of the API server", apiServerSubnet],
    ...[...loadBalancerSubnets, ...allPools(spec).map(({ subnet }) => subnet)].map(
      (name): [string, string, string] => [`subnet_${identifier(name)}`, `subnet ${name}`, name],
    ),
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

function group(name: string, words: string, value: string, subscription = ""): LateValue {
  const place = { kind: "group", subscription, group: value } as const;
  return {
    ...named(name, words, value, NAME_RULES.resourceGroup, place),
    description: `Name of the ${words}.`,
    words: "resource group",
  };
}

function named(
  name: string,
  words: string,
  value: string,
  rule: NameRule,
  place: Place,
): LateValue {
  return {
    name,
    type: "string",
    description: `Name of the ${words}.`,
    value,
    place,
    validations: [nameValidation(name, rule)],
    words,
  };
}

// Two names of Azure can be one name of a variable.
function unused(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number += 1) {
    candidate = `${name}_${number}`;
  }
  return candidate;
}

function renamed(value: LateValue, name: string): LateValue {
  const change = (text: string): string => text.replaceAll(`var.${value.name}`, `var.${name}`);
  const validations = value.validations.map(({ condition, error_message }) => ({
    condition: change(condition),
    error_message: change(error_message),
  }));
  return { ...value, name, validations };
}

// Access reviews for the tests of their documents: small, middle, large and hostile.
import {
  ExceptionName,
  GrantingTeam,
  PrincipalKind,
  PrincipalType,
  RoleSetKind,
  Severity,
} from "../../lib";
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import {
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedRole,
  ReviewedScope,
} from "../../lib/review/reviewed-grant";
import { ReviewedRunner, RunnerRight } from "../../lib/review/reviewed-runner";
import { REVIEW_VERSION } from "../../lib/review/build-review";

const LEARN = "https://learn.microsoft.com/azure/aks";
export const HUB = "44444444-4444-4444-8444-444444444444";

const SUBNETS = "Microsoft.Network/virtualNetworks/subnets";
const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";

export const CONTROL_PLANE: ReviewedPrincipal = {
  kind: PrincipalKind.CONTROL_PLANE,
  name: "haks-cp-mi",
  principalType: PrincipalType.SERVICE_PRINCIPAL,
};
export const KUBELET: ReviewedPrincipal = {
  kind: PrincipalKind.KUBELET,
  name: "haks-kubelet-mi",
  principalType: PrincipalType.SERVICE_PRINCIPAL,
};

/** A group that deploys. */
export function deployer(name: string, objectId?: string): ReviewedPrincipal {
  return {
    kind: PrincipalKind.DEPLOYER,
    name,
    principalType: PrincipalType.GROUP,
    ...(objectId ? { objectId } : {}),
  };
}

export const OPERATOR: ReviewedRole = {
  name: "Managed Identity Operator",
  custom: false,
  guid: "f1a07417-d97a-45cb-824c-7a7467783830",
  actions: [`${IDENTITIES}/*/read`, `${IDENTITIES}/*/assign/action`],
  dataActions: [],
};
export const NETWORK_CONTRIBUTOR: ReviewedRole = {
  name: "Network Contributor",
  custom: false,
  guid: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  actions: ["Microsoft.Network/*"],
  dataActions: [],
};
export const SUBNET_JOIN: ReviewedRole = {
  name: "AKS Subnet Join (haks, haks-network)",
  custom: true,
  guidSeed: "AKS Subnet Join (haks, haks-network)",
  address: "subnetjoin_haks-network",
  actions: [`${SUBNETS}/read`, `${SUBNETS}/join/action`],
  dataActions: [],
};
export const PULL: ReviewedRole = {
  name: "AcrPull",
  custom: false,
  guid: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  actions: ["Microsoft.ContainerRegistry/registries/pull/read"],
  dataActions: [],
};
export const REPOSITORY_READER: ReviewedRole = {
  name: "Container Registry Repository Reader",
  custom: false,
  guid: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
  actions: [],
  dataActions: [
    "Microsoft.ContainerRegistry/registries/repositories/content/read",
    "Microsoft.ContainerRegistry/registries/repositories/metadata/read",
  ],
};
const ZONE_CONTRIBUTOR: ReviewedRole = {
  name: "Private DNS Zone Contributor",
  custom: false,
  guid: "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
  actions: ["Microsoft.Network/privateDnsZones/*", "Microsoft.Network/virtualNetworks/join/action"],
  dataActions: [],
};
const READER: ReviewedRole = {
  name: "Reader",
  custom: false,
  guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  actions: ["*/read"],
  dataActions: [],
};
const CRYPTO_USER: ReviewedRole = {
  name: "Key Vault Crypto User",
  custom: false,
  guid: "12338af0-0e69-4776-bea7-57ae8d297424",
  actions: [],
  dataActions: ["read", "encrypt/action", "decrypt/action", "sign/action", "verify/action"].map(
    (operation) => `Microsoft.KeyVault/vaults/keys/${operation}`,
  ),
};
const CLUSTER_USER: ReviewedRole = {
  name: "Azure Kubernetes Service Cluster User Role",
  custom: false,
  guid: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  actions: [
    "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    "Microsoft.ContainerService/managedClusters/read",
  ],
  dataActions: [],
};

const SUBNET_OPERATIONS = [
  "contextualServiceEndpointPolicies/delete",
  "contextualServiceEndpointPolicies/read",
  "contextualServiceEndpointPolicies/write",
  "delete",
  "join/action",
  "joinLoadBalancer/action",
  "joinViaServiceEndpoint/action",
  "prepareNetworkPolicies/action",
  "read",
  "unprepareNetworkPolicies/action",
  "virtualMachines/read",
  "write",
].map((operation) => `${SUBNETS}/${operation}`);

/** An identity of the cluster as a scope. */
export function identityScope({ kind, name }: ReviewedPrincipal): ReviewedScope {
  return {
    kind,
    name,
    resourceType: IDENTITIES,
    resourceGroup: "haks-identities",
    team: GrantingTeam.IDENTITY,
  };
}

/** A subnet. */
export function subnet(name: string, parent = "haks-vnet"): ReviewedScope {
  const resourceGroup = "haks-network";
  return {
    kind: "subnet",
    name,
    resourceType: SUBNETS,
    resourceGroup,
    parent,
    team: GrantingTeam.NETWORK,
  };
}

/** A resource of another kind. */
export function resource(
  kind: string,
  type: string,
  name: string,
  team = GrantingTeam.IDENTITY,
): ReviewedScope {
  return { kind, name, resourceType: type, resourceGroup: `${kind}-rg`, subscriptionId: HUB, team };
}

const zone = (name: string) =>
  resource("privateDnsZone", "Microsoft.Network/privateDnsZones", name, GrantingTeam.NETWORK);
const registry = (name: string) =>
  resource("registry", "Microsoft.ContainerRegistry/registries", name);
const vault = (name: string) => resource("keyVault", "Microsoft.KeyVault/vaults", name);
const table = (name: string) =>
  resource("routeTable", "Microsoft.Network/routeTables", name, GrantingTeam.NETWORK);

interface Extra {
  readonly condition?: string;
  readonly why?: string;
  readonly needs?: string[];
}

/** A grant with what its role allows. */
export function grant(
  principal: ReviewedPrincipal,
  role: ReviewedRole,
  scope: ReviewedScope,
  { condition, why = "The feature needs it.", needs }: Extra = {},
): ReviewedGrant {
  const effectiveActions = effectiveOf(role, scope);
  const needed = needs ?? (role === NETWORK_CONTRIBUTOR ? SUBNET_JOIN.actions : effectiveActions);
  return {
    address: [principal.name, role.name, `${scope.kind}-${scope.parent ?? ""}${scope.name}`]
      .map((part) => part.toLowerCase().replace(/[^a-z0-9]+/g, "-"))
      .join("_"),
    team: scope.team,
    stack: scope.team === "network" ? "haks-network-permissions" : "haks-identities",
    principal,
    role,
    scope,
    ...(condition === undefined ? {} : { condition }),
    reasons: [
      { feature: "example", why, source: `${LEARN}/managed-identity-overview` },
      ...(role === PULL
        ? [{ feature: "image pull", why: "The nodes pull images.", source: `${LEARN}/registry` }]
        : []),
    ],
    effectiveActions,
    excessActions: effectiveActions.filter((action) => !needed.includes(action)),
  };
}

function effectiveOf(role: ReviewedRole, { resourceType }: ReviewedScope): string[] {
  const wide = new Map([
    [NETWORK_CONTRIBUTOR, SUBNET_OPERATIONS],
    [OPERATOR, [`${resourceType}/assign/action`, `${resourceType}/read`]],
    [
      ZONE_CONTRIBUTOR,
      ["A/delete", "A/read", "A/write", "read", "write"].map((one) => `${resourceType}/${one}`),
    ],
    [READER, [`${resourceType}/read`]],
  ]);
  return wide.get(role) ?? [...role.actions, ...role.dataActions];
}

/** The runner of a team, with a right to grant a role, and one to define roles. */
export function runner(
  team: GrantingTeam,
  role: ReviewedRole,
  more: Partial<RunnerRight> = {},
): ReviewedRunner {
  const { name, guidSeed } = role;
  const place = { resourceGroup: "haks-network", ...more };
  return {
    team,
    stack: `haks-${team}`,
    rights: [
      {
        role: {
          name: "Role Based Access Control Administrator",
          custom: false,
          guid: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
          actions: ["*/read"],
          dataActions: [],
        },
        why: "Creates and deletes role assignments.",
        grantableRoles: [{ name, guidSeed }],
        principalTypes: [PrincipalType.GROUP, PrincipalType.SERVICE_PRINCIPAL],
        ...place,
      },
      {
        role: {
          ...role,
          name: `Definitions, ${name}`,
          actions: ["Microsoft.Authorization/roleDefinitions/write"],
        },
        why: "Defines roles.",
        ...place,
      },
    ],
    notes: [`A fact about ${name}.`],
  };
}

/** A whole review of grants: what follows from them is computed. */
export function reviewOf(
  grants: ReviewedGrant[],
  more: Partial<AccessReviewDocument> = {},
): AccessReviewDocument {
  const sorted = [...grants].sort((a, b) => (a.address < b.address ? -1 : 1));
  const effectiveRights = rightsOf(sorted);
  const names = [...new Set(sorted.map(({ principal }) => principal.name))];
  const people = new Set(
    sorted
      .filter(({ principal }) => principal.kind === "deployer")
      .map((one) => one.principal.name),
  );
  return {
    version: REVIEW_VERSION,
    cluster: "haks",
    roleSet: sorted.some(({ role }) => role.custom) ? RoleSetKind.MINIMAL : RoleSetKind.BUILT_IN,
    grants: sorted,
    effectiveRights,
    pathsToNetwork: effectiveRights.filter(
      ({ principal, scope }) => people.has(principal) && scope.team === "network",
    ),
    excess: names.map((principal) => {
      const own = sorted.filter((one) => one.principal.name === principal);
      const sum = (pick: (one: ReviewedGrant) => string[]) =>
        own.reduce((total, one) => total + pick(one).length, 0);
      return {
        principal,
        granted: sum((one) => one.effectiveActions),
        excess: sum((one) => one.excessActions),
      };
    }),
    exceptions: [],
    warnings: [],
    ...more,
  };
}

function rightsOf(grants: ReviewedGrant[]): EffectiveRight[] {
  const names = [...new Set(grants.map(({ principal }) => principal.name))];
  const held = (holder: string, via: string[]): EffectiveRight[] => {
    const self = via[via.length - 1] ?? holder;
    return grants
      .filter(({ principal }) => principal.name === self)
      .flatMap((one) => [
        {
          principal: holder,
          via,
          grant: one.address,
          role: one.role.name,
          scope: one.scope,
          actions: one.effectiveActions,
        },
        ...(one.role === OPERATOR && one.scope.name !== holder && !via.includes(one.scope.name)
          ? held(holder, [...via, one.scope.name])
          : []),
      ]);
  };
  return names.flatMap((name) => held(name, []));
}

/** The lab: the control plane and one subnet. */
export function lab(): AccessReviewDocument {
  return reviewOf([
    grant(CONTROL_PLANE, OPERATOR, identityScope(KUBELET), {
      why: "The control plane gives the kubelet identity to the nodes.",
    }),
    grant(CONTROL_PLANE, NETWORK_CONTRIBUTOR, subnet("aks-nodes"), {
      why: "The control plane joins nodes and internal load balancers to the subnet.",
    }),
    grant(KUBELET, PULL, registry("haksregistry")),
  ]);
}

const ENGINEERS = deployer("platform-engineers", "55555555-5555-4555-8555-555555555552");
const PIPELINE: ReviewedPrincipal = {
  kind: PrincipalKind.DEPLOYER,
  name: "haks-pipeline",
  principalType: PrincipalType.SERVICE_PRINCIPAL,
};
const DEVELOPERS: ReviewedPrincipal = {
  kind: PrincipalKind.KUBERNETES_USER,
  name: "shop-developers",
  principalType: PrincipalType.GROUP,
};

/** Some twenty grants: most features, a condition, custom roles, exceptions and warnings. */
export function middle(): AccessReviewDocument {
  const people = [ENGINEERS, PIPELINE].flatMap((principal) => [
    grant(principal, OPERATOR, identityScope(CONTROL_PLANE)),
    grant(principal, OPERATOR, identityScope(KUBELET)),
    grant(principal, SUBNET_JOIN, subnet("aks-nodes")),
    grant(principal, SUBNET_JOIN, subnet("aks-pods")),
  ]);
  const group = resource("resourceGroup", "Microsoft.Resources/resourceGroups", "haks");
  return reviewOf(
    [
      ...people,
      grant(CONTROL_PLANE, OPERATOR, identityScope(KUBELET), {
        why: "The control plane gives the kubelet identity to the nodes.",
      }),
      ...["aks-nodes", "aks-pods", "aks-internal-lb"].map((name) =>
        grant(CONTROL_PLANE, SUBNET_JOIN, subnet(name), {
          why: "The control plane joins nodes and internal load balancers to the subnet.",
        }),
      ),
      grant(CONTROL_PLANE, NETWORK_CONTRIBUTOR, subnet("aks-apiserver")),
      grant(CONTROL_PLANE, ZONE_CONTRIBUTOR, zone("privatelink.westeurope.azmk8s.io")),
      grant(CONTROL_PLANE, READER, table("aks-egress")),
      grant(CONTROL_PLANE, CRYPTO_USER, vault("haks-kms"), {
        needs: CRYPTO_USER.dataActions.slice(0, 3),
        why: "The control plane encrypts and decrypts secrets in etcd with a key of the vault.",
      }),
      grant(KUBELET, PULL, registry("haksregistry"), { why: "The nodes pull images." }),
      grant(KUBELET, REPOSITORY_READER, registry("sharedregistry"), {
        why: "The nodes pull images.",
        condition:
          "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase 'shop/'))",
      }),
      grant(
        DEVELOPERS,
        CLUSTER_USER,
        { ...group, resourceGroup: "haks" },
        {
          why: "Users fetch the kubeconfig of the cluster.",
        },
      ),
    ],
    {
      runners: [runner(GrantingTeam.NETWORK, SUBNET_JOIN)],
      exceptions: [
        {
          name: ExceptionName.RUN_COMMAND,
          reason: "Two clusters share it until the move in autumn.",
        },
      ],
      warnings: [
        {
          code: "HAKS-ACC-007",
          severity: Severity.WARNING,
          path: "access.deployers[1]",
          message: "The pipeline has no object id, so that the stacks look it up by its name.",
          remedy: "Write its object id.",
        },
      ],
    },
  );
}

/**
 * 400 grants over 12 principals and 60 scopes.
 *
 * @param regular whether resources of one kind have the same grants, as they do in practice
 */
export function large(regular = true, count = 400): AccessReviewDocument {
  const deployers = [1, 2, 3, 4, 5, 6].map((number) => deployer(`deployers-region-${number}`));
  const users = [1, 2, 3, 4].map((number) => ({
    ...DEVELOPERS,
    name: `product-team-${number}-developers`,
  }));
  const numbers = (length: number) => Array.from({ length }, (_, index) => index);
  const subnets = numbers(36).map((index) =>
    subnet(`aks-nodes-${String(index).padStart(2, "0")}`, `spoke-vnet-${index % 4}`),
  );
  const rest = [
    ...numbers(8).map((index) => registry(`registry${index}`)),
    ...numbers(6).map((index) => zone(`zone-${index}.privatelink.westeurope.azmk8s.io`)),
    ...numbers(5).map((index) => vault(`haks-vault-${index}`)),
    ...numbers(3).map((index) => table(`aks-egress-${index}`)),
  ];
  const random = generator(7);
  const keep = () => regular || random() < 0.5;
  const pairs = [
    ...subnets.flatMap((scope) =>
      [CONTROL_PLANE, ...deployers].map((principal, index) =>
        grant(principal, index === 0 ? NETWORK_CONTRIBUTOR : SUBNET_JOIN, scope),
      ),
    ),
    ...rest.flatMap((scope) =>
      [...users, CONTROL_PLANE, KUBELET].map((principal) => grant(principal, READER, scope)),
    ),
    ...subnets.flatMap((scope) =>
      [...users, KUBELET].map((principal) => grant(principal, READER, scope)),
    ),
  ].filter(keep);
  const fixed = [
    grant(CONTROL_PLANE, OPERATOR, identityScope(KUBELET)),
    ...deployers.flatMap((principal) =>
      [CONTROL_PLANE, KUBELET].map((one) => grant(principal, OPERATOR, identityScope(one))),
    ),
  ];
  const filler = users.flatMap((principal) => rest.map((scope) => grant(principal, PULL, scope)));
  return reviewOf([...fixed, ...pairs, ...filler].slice(0, count), { cluster: "haks-large" });
}

/** Numbers from 0 to 1 that are the same in each run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Names that try to leave the place where they are written. */
export const HOSTILE_NAMES = [
  "'; touch injected #",
  "$(touch injected)",
  "`touch injected`",
  "line\ntouch injected\n",
  '"; touch injected; "',
  "a\\'; touch injected; '",
  "<script>alert(1)</script>",
  '"onmouseover="alert(1)',
  "x | y \\| z",
  '"] --> evil["`',
  "**bold** [link](javascript:alert(1)) @octocat #1",
  "```\n# heading",
  "user\u202egnp.exe",
  "-->|x| end; click n0 callback",
  "end",
];

/** A review with such a name everywhere. */
export function hostile(name: string): AccessReviewDocument {
  const scope = { ...subnet(name, name), resourceGroup: name, type: SUBNETS };
  const role = { ...SUBNET_JOIN, name, actions: [name] };
  const more = { condition: name, why: name };
  const rows = [
    grant({ ...CONTROL_PLANE, name }, role, scope, more),
    grant(
      { ...DEVELOPERS, name: `${name}2` },
      role,
      { ...scope, team: GrantingTeam.IDENTITY },
      more,
    ),
    grant({ ...PIPELINE, name: `${name}3` }, role, { ...scope, subscriptionId: name }, more),
    grant({ ...ENGINEERS, name: `${name}4`, objectId: name }, role, scope, more),
  ].map((row) => ({
    ...row,
    address: name + row.address,
    stack: name,
    reasons: [{ feature: name, why: name, source: `javascript:${name}` }],
  }));
  return reviewOf(rows, {
    cluster: name,
    roleSet: name as RoleSetKind,
    runners: [GrantingTeam.IDENTITY, GrantingTeam.NETWORK].map((team) => ({
      ...runner(team, role, { why: name, resourceGroup: name }),
      stack: name,
    })),
    exceptions: [{ name: name as ExceptionName, reason: name }],
    warnings: [{ code: name, severity: Severity.WARNING, path: name, message: name, remedy: name }],
  });
}

/** The object id that the `az` below gives an identity. */
export function idOf(name: string): string {
  return `00000000-0000-4000-8000-${String(Buffer.byteLength(name)).padStart(12, "0")}`;
}

/**
 * An `az` that keeps what was made in files beside its folder, and writes its calls down: arguments
 * end with the character 0, calls with the characters 1 and 0.
 */
export const FAKE_AZ = `#!/usr/bin/env bash
set -euo pipefail
LC_ALL=C
folder="\${0%/*}/.."
{ printf '%s\\0' "$@"; printf '\\1\\0'; } >>"$folder/calls"
# Builtins alone: each process takes as long as all the rest.
value() {
  local name="$1"
  shift
  found=''
  while (($# > 1)); do
    if [[ "$1" == "$name" ]]; then found="$2"; return; fi
    shift
  done
}
id() { printf '00000000-0000-4000-8000-%012d\\n' "\${#found}"; }
: >>"$folder/made"
: >>"$folder/roles"
made() {
  local wanted line
  printf -v wanted '%q' "$key"
  while IFS= read -r line; do
    if [[ "\${line% *}" == "$wanted" ]]; then assignment="\${line##* }"; return; fi
  done <"$folder/made"
  return 1
}
save() { printf '%q %s\\n' "$key" "$assignment" >>"$folder/made"; }
case "$1 $2 $3" in
  'account show '*) echo 00000000-0000-4000-8000-00000000000a ;;
  'group exists '*)
    value --name "$@"
    if [[ -e "$folder/group-$found" ]]; then echo true; else echo false; fi
    ;;
  'group create '*) value --name "$@"; : >"$folder/group-$found" ;;
  'identity create '*) value --name "$@"; : >"$folder/identity-$found" ;;
  'identity show '*) value --name "$@"; id ;;
  'identity list '*)
    value --query "$@"
    if [[ "$*" == *--resource-group* ]]; then
      quote="'"
      found="\${found#*$quote}"
      found="\${found%%$quote*}"
      if [[ -e "$folder/identity-$found" ]]; then id; fi
    else
      id
    fi
    ;;
  'identity federated-credential list')
    value --query "$@"
    quote="'"
    found="\${found#*$quote}"
    found="\${found%%$quote*}"
    if [[ -e "$folder/credential-$found" ]]; then echo "$found"; fi
    ;;
  'identity federated-credential create') value --name "$@"; : >"$folder/credential-$found" ;;
  'lock list '*) value --resource "$@"; if [[ -e "$folder/lock-\${found##*/}" ]]; then echo "$found/lock"; fi ;;
  'lock create '*) value --resource "$@"; : >"$folder/lock-\${found##*/}" ;;
  'aks trustedaccess rolebinding')
    value --source-resource-id "$@"
    if [[ "$4" == create ]]; then echo "$found" >"$folder/binding"; elif [[ -e "$folder/binding" ]]; then cat "$folder/binding"; fi
    ;;
  'rest --method get') value --url "$@"; id ;;
  'ad '*) value --filter "$@"; [[ "$found" == *nobody* ]] || id ;;
  'role definition list')
    value --name "$@"
    printf -v asked '%q' "$found"
    printf '%s\\n' "$asked" >"$folder/asked"
    value --query "$@"
    while IFS= read -r line; do
      if [[ "$asked" == "\${line%% *}" || "$asked" == "\${line#* }" ]]; then
        if [[ "$found" == '[].name' ]]; then echo "\${line%% *}"; else cat "$folder/role-\${line%% *}"; fi
      fi
    done <"$folder/roles"
    ;;
  'rest --method put')
    value --url "$@"
    guid="\${found##*/}"
    guid="\${guid%%\\?*}"
    IFS= read -r line <"$folder/asked"
    printf '%s %s\\n' "$guid" "$line" >>"$folder/roles"
    value --body "$@"
    node -p 'const [p] = JSON.parse(process.argv[1]).properties.permissions; [...p.actions, ...p.dataActions].join("\\n")' "$found" >"$folder/role-$guid"
    ;;
  'role assignment '*)
    key=''
    for name in --assignee-object-id --role --scope; do value "$name" "$@"; key+="$found|"; done
    value --condition "$@"
    condition="$found"
    value --name "$@"
    assignment="$found"
    value --query "$@"
    if [[ "$3" == create ]]; then
      save
      key+="condition $condition"
      save
    elif [[ "$found" == *condition ]]; then
      while IFS= read -r line; do
        eval "one=\${line% *}"
        [[ "$one" != "$key"condition* ]] || printf '%s\\n' "\${one#"$key"condition }"
      done <"$folder/made"
    elif made; then
      value --scope "$@"
      echo "$found/providers/Microsoft.Authorization/roleAssignments/$assignment"
    fi
    ;;
esac
`;

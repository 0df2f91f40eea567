// The grant plan and the one construct that writes it into Terraform.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack, Testing } from "cdktf";
import {
  ClusterSpec,
  GrantPlan,
  GrantingTeam,
  Principal,
  ResourceReference,
  Role,
  RoleGrant,
} from "../../lib";
import { DEPLOYERS, SMALL, idOf } from "../scenarios";

function rows(spec: ClusterSpec): string[] {
  return GrantPlan.of(spec).grants.map(
    ({ team, principal, role, scope }) =>
      `${team}: ${principal.name} is ${role.name} on ${scope.kind} ${scope.name}`,
  );
}

const BASE = [
  "identity: small-cp-mi is Managed Identity Operator on kubelet small-kubelet-mi",
  "network: small-cp-mi is Network Contributor on subnet nodes",
];

describe("the grant plan", () => {
  const cases: [string, Partial<ClusterSpec>, string[]][] = [
    ["nothing more than the cluster", {}, []],
    [
      "two registries",
      {
        registries: ["one", "two"].map((name) => ({
          registry: ResourceReference.byName({ name: `registry${name}`, resourceGroup: "rg" }),
        })),
      },
      [
        "identity: small-kubelet-mi is AcrPull on registry registryone",
        "identity: small-kubelet-mi is AcrPull on registry registrytwo",
      ],
    ],
    [
      "a pool in another subnet",
      {
        nodePools: {
          system: SMALL.nodePools.system,
          user: [{ name: "apps", vmSize: "Standard_D4ds_v5", subnet: "apps" }],
        },
      },
      ["network: small-cp-mi is Network Contributor on subnet apps"],
    ],
    [
      "a deployer",
      { access: { deployers: [DEPLOYERS] } },
      [
        "identity: platform-engineers is Managed Identity Operator on controlPlane small-cp-mi",
        "identity: platform-engineers is Managed Identity Operator on kubelet small-kubelet-mi",
        "network: platform-engineers is Network Contributor on subnet nodes",
      ],
    ],
  ];

  test.each(cases)("of %s", (_, more, added) => {
    expect(rows({ ...SMALL, ...more }).sort()).toEqual([...BASE, ...added].sort());
  });

  test("does not depend on the order of lists", () => {
    const [one, two] = ["one", "two"].map((name) => Principal.group({ name })) as [
      Principal,
      Principal,
    ];
    const plan = (deployers: Principal[]) => rows({ ...SMALL, access: { deployers } });
    expect(plan([one, two])).toEqual(plan([two, one]));
    expect(plan([one, two])).not.toEqual(plan([one]));
  });

  test("gives every row a reason and a source", () => {
    const { grants } = GrantPlan.of({ ...SMALL, access: { deployers: [DEPLOYERS] } });
    expect(grants).toHaveLength(5);
    for (const { reasons, description } of grants) {
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.every(({ source }) => source.startsWith("https://"))).toBe(true);
      expect(description).toContain(reasons[0]?.why);
    }
  });

  test("can be asked for the rows of a team", () => {
    const plan = GrantPlan.of(SMALL);
    expect(plan.forTeam(GrantingTeam.NETWORK).map(({ address }) => address)).toEqual([
      "small-cp-mi_network-contributor_subnet-nodes",
    ]);
    expect(plan.forTeam(GrantingTeam.IDENTITY)).toHaveLength(1);
  });

  test("never makes one address of two names", () => {
    const deployers = ["Ops Team", "Ops-Team", "Öps Team"].map((name) => Principal.group({ name }));
    const addresses = GrantPlan.of({ ...SMALL, access: { deployers } }).grants.map(
      ({ address }) => address,
    );
    expect(new Set(addresses).size).toBe(2 + 3 * 3);
    expect(addresses.every((address) => /^[a-z0-9_-]+$/.test(address))).toBe(true);
  });
});

describe("a role grant", () => {
  const grantee = {
    principalId: "55555555-5555-4555-8555-555555555552",
    principalType: "Group",
    principalName: "platform-engineers",
  };
  const scopeId = idOf("Microsoft.ManagedIdentity/userAssignedIdentities", "mi");

  const grant = (role: Role, scope: string) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new RoleGrant(stack, "grant", { grantee, role, scopeId: scope, reason: "Because." });
    return stack;
  };

  test("is one role assignment with a computed name", () => {
    expect(
      Testing.synth(grant(Role.MANAGED_IDENTITY_OPERATOR, scopeId)),
    ).toHaveResourceWithProperties(RoleAssignment, {
      name: expect.stringMatching(
        /^\$\{uuidv5\(".{36}", lower\(join\("\|", \[.+\]\)\)\)\}$/,
      ) as string,
      scope: scopeId,
      principal_id: grantee.principalId,
      principal_type: "Group",
      role_definition_name: "Managed Identity Operator",
      description: "Because.",
    });
  });

  test.each([
    ["a subscription", "/subscriptions/44444444-4444-4444-8444-444444444444"],
    ["a resource group", "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg"],
    ["a management group", "/providers/Microsoft.Management/managementGroups/mg"],
    ["everything", "/"],
  ])("is refused on %s", (_, scope) => {
    expect(() => grant(Role.MANAGED_IDENTITY_OPERATOR, scope)).toThrow(
      /^\[stack\/grant\] ".*" is not the id of a resource\./,
    );
  });

  test("of a role that hands out rights is refused", () => {
    const owner = Role.builtIn("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
    expect(() => grant(owner, scopeId)).toThrow(
      /^\[stack\/grant\] The role "Owner" is never granted/,
    );
  });
});

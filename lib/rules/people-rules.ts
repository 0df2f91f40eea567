// The people and pipelines of Entra ID: who is who. Pure.
import { isSameName } from "../spec/naming";
import { isGuid } from "../spec/resource-id";
import { Principal } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule } from "./rule";

const ENTRA = "https://learn.microsoft.com/azure/aks/entra-id-authorization";

const ambiguousPeople: Rule = {
  code: "HAKS-NAME-005",
  severity: "error",
  title: "A name stands for one principal, and a principal has one name.",
  check: (spec) => {
    const { controlPlane, kubelet } = spec.identities;
    const people = peopleOf(spec);
    return people.flatMap(({ path, principal }, index) => {
      const { name } = principal;
      if (name.trim() === "" || name.length > 256) {
        const message = "A principal has a name of 1 to 256 characters.";
        return [{ path: `${path}.name`, message, remedy: "Give its display name." }];
      }
      if ([controlPlane.name, kubelet.name].some((other) => isSameName(other, name))) {
        const message = `"${name}" is the name of an identity of the cluster.`;
        return [
          { path: `${path}.name`, message, remedy: "Leave it out: its rights are computed." },
        ];
      }
      const earlier = people
        .slice(0, index)
        .find(
          (other) => isSameName(other.principal.name, name) !== isOne(other.principal, principal),
        );
      return earlier
        ? [
            {
              path: `${path}.name`,
              message: `"${name}" and "${earlier.principal.name}" are two names of one principal, or one name of two.`,
              remedy:
                "Give the same principal the same name, type and object id everywhere, and another one a name of its own: with an object id the name is a label.",
              related: [earlier.path],
            },
          ]
        : [];
    });
  },
};

interface Person {
  readonly path: string;
  readonly principal: Principal;
}

function peopleOf({
  access: { deployers, kubernetes: kubernetesAccess },
  permissions: { ownGrants },
}: ResolvedSpec): Person[] {
  return [
    ...deployers.map((principal, index) => ({ path: `access.deployers.${index}`, principal })),
    ...kubernetesAccess.map(({ principal }, index) => ({
      path: `access.kubernetes.${index}`,
      principal,
    })),
    ...ownGrants.flatMap(({ principal: { principal } }, index) =>
      principal ? [{ path: `permissions.ownGrants.${index}.principal`, principal }] : [],
    ),
  ];
}

function isOne(a: Principal, b: Principal): boolean {
  const sameIds =
    a.objectId !== undefined && b.objectId !== undefined
      ? isSameName(a.objectId, b.objectId)
      : a.objectId === b.objectId && isSameName(a.name, b.name);
  return sameIds && a.principalType === b.principalType;
}

const adminGroups: Rule = {
  code: "HAKS-NAME-007",
  severity: "error",
  title: "Groups of administrators are groups, with their object ids, each once.",
  source: ENTRA,
  check: ({ access: { adminGroups: list } }) =>
    list.flatMap(({ principalType, name, objectId }, index) => {
      const path = `access.adminGroups.${index}`;
      if (principalType !== "Group" || objectId === undefined || !isGuid(objectId)) {
        return [
          {
            path,
            message: `"${name}" is not a group with its object id, which the cluster has to know.`,
            remedy: "Name a group, and give its object id (a GUID).",
          },
        ];
      }
      return list.findIndex((other) => isSameName(other.objectId ?? "", objectId)) < index
        ? [{ path, message: `The group "${name}" is there twice.`, remedy: "Remove one." }]
        : [];
    }),
};

const noAzureRbac: Rule = {
  code: "HAKS-ACC-010",
  severity: "error",
  title: "Without Azure RBAC there are groups of administrators, and no Kubernetes roles in Azure.",
  source: ENTRA,
  check: ({ exceptions, access: { adminGroups: groups, kubernetes: kubernetesAccess } }) => {
    if (!exceptions.some(({ name }) => name === "noAzureRbac")) {
      return [];
    }
    const related = ["exceptions"];
    return [
      ...(groups.length > 0
        ? []
        : [
            {
              path: "access.adminGroups",
              message:
                "Without Azure RBAC nobody can administer the cluster, since nobody is named.",
              remedy: "Name a group of administrators.",
              related,
            },
          ]),
      ...kubernetesAccess.flatMap(({ role, principal }, index) =>
        role === "clusterUser"
          ? []
          : [
              {
                path: `access.kubernetes.${index}.role`,
                message: `Without Azure RBAC the role "${role}" of "${principal.name}" gives nothing.`,
                remedy: "Use clusterUser, and bind roles in Kubernetes.",
                related,
              },
            ],
      ),
    ];
  },
};

const nobody: Rule = {
  code: "HAKS-ACC-011",
  severity: "warning",
  title: "Somebody can work in Kubernetes once the cluster is there.",
  source: ENTRA,
  check: ({ access: { adminGroups: groups, kubernetes: kubernetesAccess } }) =>
    groups.length === 0 && kubernetesAccess.every(({ role }) => role === "clusterUser")
      ? [
          {
            path: "access.kubernetes",
            message:
              "Nobody has a role in Kubernetes; whoever deploys the cluster cannot look into it either.",
            remedy: "Name a group with a role, such as clusterAdmin.",
          },
        ]
      : [],
};

const outsideAzure: Rule = {
  code: "HAKS-ACC-012",
  severity: "warning",
  title: "Who administers Kubernetes is in role assignments, and not in the cluster itself.",
  source: ENTRA,
  check: ({ access: { adminGroups: groups } }) =>
    groups.map(({ name }, index) => ({
      path: `access.adminGroups.${index}`,
      message: `The members of "${name}" administer Kubernetes because the cluster names them: no role assignment shows it.`,
      remedy: "Give them a role in access.kubernetes instead, such as clusterAdmin.",
    })),
};

/** The rules about people. */
export const PEOPLE_RULES: Rule[] = [
  ambiguousPeople,
  adminGroups,
  noAzureRbac,
  nobody,
  outsideAzure,
];

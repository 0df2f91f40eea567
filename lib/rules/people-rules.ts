// The people and pipelines of Entra ID: who is who. Pure.
import { isSameName } from "../spec/naming";
import { Principal } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule } from "./rule";

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

function peopleOf({ deployers, kubernetesAccess }: ResolvedSpec): Person[] {
  return [
    ...deployers.map((principal, index) => ({ path: `access.deployers.${index}`, principal })),
    ...kubernetesAccess.map(({ principal }, index) => ({
      path: `access.kubernetes.${index}`,
      principal,
    })),
  ];
}

function isOne(a: Principal, b: Principal): boolean {
  const sameIds =
    a.objectId !== undefined && b.objectId !== undefined
      ? isSameName(a.objectId, b.objectId)
      : a.objectId === b.objectId && isSameName(a.name, b.name);
  return sameIds && a.type === b.type;
}

/** The rules about people. */
export const PEOPLE_RULES: Rule[] = [ambiguousPeople];

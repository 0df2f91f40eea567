// HAKS-PREV: the cluster as it was deployed before, whose rights are kept while it changes. Pure.
import { isSameName } from "../spec/naming";
import { Rule } from "./rule";

const ORDER = "https://learn.microsoft.com/azure/aks/use-managed-identity";

/** The rules about the field `previous`. */
export const PREV_RULES: Rule[] = [
  {
    code: "HAKS-PREV-001",
    severity: "warning",
    title: "Former rights should not be kept after the cluster has moved.",
    source: ORDER,
    check: ({ previous, grants }, report) => {
      const kept = grants.filter((grant) => grant.kept);
      if (previous && kept.length > 0) {
        const scopes = [...new Set(kept.map(({ scope }) => `"${scope.name}"`))].join(", ");
        report(
          "previous",
          `The stacks keep ${kept.length === 1 ? "1 role assignment" : `${kept.length} role assignments`} that the cluster no longer needs once it has moved, on ${scopes}.`,
          "Remove previous, and deploy the stacks that grant, once the cluster stack is deployed.",
        );
      }
    },
  },
  {
    code: "HAKS-PREV-002",
    severity: "warning",
    title: "The field previous should keep a right, or hand one over.",
    source: ORDER,
    check: ({ previous, grants }, report) => {
      if (previous && !grants.some((grant) => grant.kept || grant.takenOverFrom !== undefined)) {
        report(
          "previous",
          "The cluster needs the same rights with and without the fields under previous.",
          "Remove previous.",
        );
      }
    },
  },
  {
    code: "HAKS-PREV-004",
    severity: "warning",
    title: "Role assignments should exist before a stack imports them.",
    source: ORDER,
    check: ({ grants }, report) => {
      const names = grants
        .filter(({ takenOverFrom }) => takenOverFrom !== undefined)
        .map(({ principal, scope }) => `"${principal.name}" on "${scope.name}"`);
      if (names.length > 0) {
        report(
          "previous",
          `The stacks import role assignments of the other team: ${[...new Set(names)].join(", ")}. The Terraform plan fails if one does not exist.`,
          "Repeat under previous what was different when they were granted, such as access, and remove previous once both teams have deployed.",
        );
      }
    },
  },
  {
    code: "HAKS-PREV-003",
    title: "The cluster and its identities must have the same names in previous.",
    source: ORDER,
    check: ({ previous, spec }, report) => {
      const namesOf = ({ name, identities }: typeof spec): [string, string][] => [
        ["name", name],
        ["identities.controlPlane.name", identities.controlPlane.name],
        ["identities.kubelet.name", identities.kubelet.name],
      ];
      const now = namesOf(spec);
      (previous ? namesOf(previous) : []).forEach(([path, name], index) => {
        const [, current = ""] = now[index] ?? [];
        if (!isSameName(name, current)) {
          report(
            `previous.${path}`,
            `The name "${name}" differs from "${current}": rights of another identity cannot be kept.`,
            `Write "${current}".`,
            path,
          );
        }
      });
    },
  },
];

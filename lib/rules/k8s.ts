// HAKS-K8S: the version of Kubernetes. Pure.
// The dates are those known on 2026-11-23. Rules do not look at the clock, so that findings do not change by themselves.
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule } from "./rule";

const VERSIONS = "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions";

/** The month in which the support of a minor version ends, and the one in which its long-term support does. */
const ENDS: { readonly [minor: number]: readonly [end: string, longTermEnd: string] } = {
  30: ["2025-08", "2026-07"],
  31: ["2025-11", "2026-11"],
  32: ["2026-03", "2027-03"],
  33: ["2026-07", "2027-07"],
  34: ["2026-11", "2027-11"],
  35: ["2027-03", "2028-03"],
  36: ["2027-06", "2028-06"],
  37: ["2027-10", "2028-10"],
};
const [OLDEST_KNOWN, NEWEST_KNOWN] = [30, 37];

/** The month of the dates. */
const THIS_MONTH = "2026-11";

/** The rules about the version of Kubernetes. */
export const K8S_RULES: Rule[] = [
  {
    code: "HAKS-K8S-001",
    title: "The Kubernetes version must have the form 1.35 or 1.35.2.",
    source: VERSIONS,
    check: ({ spec: { kubernetesVersion = "1.35" } }, report) => {
      if (!/^1\.\d{1,2}(\.\d{1,2})?$/.test(kubernetesVersion)) {
        report(
          "kubernetesVersion",
          `"${kubernetesVersion}" is not a Kubernetes version.`,
          'Use "1.35" or "1.35.2".',
        );
      }
    },
  },
  {
    code: "HAKS-K8S-002",
    title: "The Kubernetes version must be supported.",
    source: VERSIONS,
    check: ({ spec }, report) => {
      const minor = minorOf(spec);
      const end = endOf(spec, minor);
      if (minor !== undefined && (minor < OLDEST_KNOWN || (end ?? THIS_MONTH) < THIS_MONTH)) {
        report(
          "kubernetesVersion",
          `${supportOf(spec)} for Kubernetes 1.${minor} ended ${end === undefined ? `before ${THIS_MONTH}` : `in ${end}`}.`,
          `Use 1.${oldestToUse(spec)} or newer, or leave it out for the default of AKS.`,
        );
      }
    },
  },
  {
    code: "HAKS-K8S-003",
    severity: "warning",
    title:
      "The Kubernetes version should be known to these rules, and not in its last month of support.",
    source: VERSIONS,
    check: ({ spec }, report) => {
      const minor = minorOf(spec);
      if (minor !== undefined && minor > NEWEST_KNOWN) {
        report(
          "kubernetesVersion",
          `Kubernetes 1.${minor} was not released when these rules were written.`,
          "Check whether AKS has it in the region.",
        );
      } else if (minor !== undefined && endOf(spec, minor) === THIS_MONTH) {
        report(
          "kubernetesVersion",
          `${supportOf(spec)} for Kubernetes 1.${minor} ends in ${THIS_MONTH}.`,
          `Use 1.${minor + 1} or newer.`,
        );
      }
    },
  },
];

function endOf({ longTermSupport }: ResolvedSpec, minor = 0): string | undefined {
  return ENDS[minor]?.[longTermSupport ? 1 : 0];
}

function supportOf({ longTermSupport }: ResolvedSpec): string {
  return longTermSupport ? "Long-term support" : "Support";
}

/** Returns the oldest minor version whose support does not end this month. */
function oldestToUse(spec: ResolvedSpec): number {
  const minors = Object.keys(ENDS).map(Number);
  return Math.min(...minors.filter((minor) => (endOf(spec, minor) ?? "") > THIS_MONTH));
}

/** Returns the minor version of Kubernetes, such as 35, if the description has one. */
export function minorOf({ kubernetesVersion }: ResolvedSpec): number | undefined {
  const [, minor] = /^1\.(\d{1,2})(?:\.|$)/.exec(kubernetesVersion ?? "") ?? [];
  return minor === undefined ? undefined : Number(minor);
}

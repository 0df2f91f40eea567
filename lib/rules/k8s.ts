// HAKS-K8S: the version of Kubernetes. Pure.
// The dates are those known on 2026-11-23. Rules do not look at the clock, so that findings do not change by themselves.
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule } from "./rule";

const VERSIONS = "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions";

/** The end of support of minor versions of Kubernetes. */
const ENDS: { readonly [minor: number]: string } = { 32: "2026-03", 33: "2026-07", 34: "2026-11" };
const OLDEST = 34;
const OLDEST_LONG = 32;
const NEWEST = 37;

/** The rules about the version of Kubernetes. */
export const K8S_RULES: Rule[] = [
  {
    code: "HAKS-K8S-001",
    title: "A Kubernetes version must be minor or full.",
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
    title: "The Kubernetes version must be one that Microsoft supports.",
    source: VERSIONS,
    check: ({ spec }, report) => {
      const minor = minorOf(spec);
      const oldest = spec.longTermSupport ? OLDEST_LONG : OLDEST;
      if (minor !== undefined && minor < oldest) {
        const end = ENDS[minor];
        report(
          "kubernetesVersion",
          `The support of Kubernetes 1.${minor} ended ${end === undefined ? "before 2026-03" : `in ${end}`}.`,
          spec.longTermSupport
            ? `Use 1.${OLDEST_LONG} or newer.`
            : `Use 1.${OLDEST + 1} or newer, or leave it out for the default of AKS.`,
        );
      }
    },
  },
  {
    code: "HAKS-K8S-003",
    severity: "warning",
    title: "The Kubernetes version must be supported for more months, and known to these rules.",
    source: VERSIONS,
    check: ({ spec }, report) => {
      const minor = minorOf(spec);
      if (minor !== undefined && minor > NEWEST) {
        report(
          "kubernetesVersion",
          `Kubernetes 1.${minor} was not released when these rules were written.`,
          "Check whether AKS has it in the region.",
        );
      } else if (minor === OLDEST && !spec.longTermSupport) {
        report(
          "kubernetesVersion",
          `The support of Kubernetes 1.${minor} ends in ${ENDS[minor]}.`,
          `Use 1.${OLDEST + 1} or newer.`,
        );
      }
    },
  },
];

function minorOf({ kubernetesVersion }: ResolvedSpec): number | undefined {
  const [, minor] = /^1\.(\d{1,2})(?:\.|$)/.exec(kubernetesVersion ?? "") ?? [];
  return minor === undefined ? undefined : Number(minor);
}

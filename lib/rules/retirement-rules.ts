// What Microsoft retires, with the date: an error if it is over, a warning if it is near. Pure.
// The dates are those known on 2026-11-23. Rules do not look at the clock: what a description gives
// today it gives tomorrow.
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule, Violation, eachPool } from "./rule";

const VERSIONS = "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions";
const SYSTEMS = "https://learn.microsoft.com/azure/aks/upgrade-os-version";

/** Minor versions of Kubernetes: the end of their support, and of their long-term support. */
const ENDS: { readonly [minor: number]: { readonly support: string; readonly long?: string } } = {
  32: { support: "2026-03", long: "2027-03" },
  33: { support: "2026-07", long: "2027-07" },
  34: { support: "2026-11" },
  35: { support: "2027-03" },
  36: { support: "2027-06" },
  37: { support: "2027-10" },
};
const OLDEST = 34;
const OLDEST_LONG = 32;
const NEWEST = 37;

const ended: Rule = {
  code: "HAKS-K8S-002",
  severity: "error",
  title: "The Kubernetes version is one that Microsoft supports.",
  source: VERSIONS,
  check: (spec) => {
    const minor = minorOf(spec);
    const oldest = spec.longTermSupport ? OLDEST_LONG : OLDEST;
    if (minor === undefined || minor >= oldest) {
      return [];
    }
    const end = ENDS[minor]?.support ?? "before 2026-03";
    return [
      {
        path: "kubernetesVersion",
        message: `The support of Kubernetes 1.${minor} ended ${end.startsWith("before") ? end : `in ${end}`}.`,
        remedy: spec.longTermSupport
          ? `Use 1.${OLDEST_LONG} or newer.`
          : `Use 1.${OLDEST + 1} or newer, or leave it out for the default of AKS.`,
      },
    ];
  },
};

const endsSoon: Rule = {
  code: "HAKS-K8S-003",
  severity: "warning",
  title: "The Kubernetes version is supported for months to come, and known to these rules.",
  source: VERSIONS,
  check: (spec) => {
    const minor = minorOf(spec);
    const path = "kubernetesVersion";
    if (minor !== undefined && minor > NEWEST) {
      const message = `Kubernetes 1.${minor} was not released when these rules were written.`;
      return [{ path, message, remedy: "See whether AKS has it in the region." }];
    }
    return minor === OLDEST && !spec.longTermSupport
      ? [
          {
            path,
            message: `The support of Kubernetes 1.${minor} ends in ${ENDS[minor]?.support}.`,
            remedy: `Use 1.${OLDEST + 1} or newer.`,
          },
        ]
      : [];
  },
};

/** Operating systems of nodes that end, with the date. */
const SYSTEM_ENDS: { readonly [osSku: string]: string } = {
  Ubuntu2204: "2027-06-30",
  Windows2022: "2028-06-30",
};

const systemEnds: Rule = {
  code: "HAKS-NODE-014",
  severity: "warning",
  title: "The operating system of nodes has no date on which it ends.",
  source: SYSTEMS,
  check: eachPool(({ path, name, os, osSku }): Violation[] => {
    const system = osSku ?? (os === "Windows" ? "Windows2022" : "");
    const end = Object.hasOwn(SYSTEM_ENDS, system) ? SYSTEM_ENDS[system] : undefined;
    return end === undefined
      ? []
      : [
          {
            path: `${path}.osSku`,
            message: `The operating system ${system} of the pool "${name}" ends on ${end}.`,
            remedy: "Plan its replacement, or leave osSku out for the default of AKS.",
          },
        ];
  }),
};

/** The rules about retirements. */
export const RETIREMENT_RULES: Rule[] = [ended, endsSoon, systemEnds];

function minorOf({ kubernetesVersion }: ResolvedSpec): number | undefined {
  const [, minor] = /^1\.(\d{1,2})(?:\.|$)/.exec(kubernetesVersion ?? "") ?? [];
  return minor === undefined ? undefined : Number(minor);
}

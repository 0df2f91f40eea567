// HAKS-MESH: the service mesh. Pure.
// The dates are those known on 2026-11-23. Rules do not look at the clock, so that findings do not change by themselves.
import { entryOf } from "../spec/tables";
import { minorOf } from "./k8s";
import { Rule } from "./rule";

const SUPPORT = "https://learn.microsoft.com/azure/aks/istio-support-policy";

/** The minor versions of Kubernetes that a revision is compatible with. */
const VERSIONS: { readonly [revision: string]: readonly [first: number, last: number] } = {
  "asm-1-25": [28, 33],
  "asm-1-26": [28, 34],
  "asm-1-27": [29, 35],
  "asm-1-28": [30, 35],
  "asm-1-29": [31, 36],
  "asm-1-30": [32, 36],
};

/** The month in which the support of a revision ended. */
const ENDS: { readonly [revision: string]: string } = {
  "asm-1-25": "2026-01",
  "asm-1-26": "2026-04",
  "asm-1-27": "2026-05",
};

/** The rules about the service mesh. */
export const MESH_RULES: Rule[] = [
  {
    code: "HAKS-MESH-001",
    title: "The service mesh must have one revision, or two during an upgrade.",
    source: "https://learn.microsoft.com/azure/aks/istio-upgrade",
    check: ({ spec: { serviceMesh } }, report) => {
      if (!serviceMesh) {
        return;
      }
      const { revisions } = serviceMesh;
      const path = "serviceMesh.revisions";
      const distinct = new Set(revisions).size;
      if (distinct < revisions.length || distinct < 1 || distinct > 2) {
        report(
          path,
          revisions.length === 0
            ? "The service mesh has no revision."
            : `The service mesh has the revisions ${revisions.map((one) => `"${one}"`).join(", ")}.`,
          "Name one, or the old and the new one during an upgrade.",
        );
        return;
      }
      revisions.forEach((revision, index) => {
        if (!/^asm-1-\d{2}$/.test(revision)) {
          report(
            `${path}.${index}`,
            `"${revision}" is not a revision of the service mesh.`,
            "Use a revision such as asm-1-30, which az aks mesh get-revisions lists.",
          );
        }
      });
    },
  },
  {
    code: "HAKS-MESH-002",
    title: "The service mesh must be compatible with the Kubernetes version.",
    source: SUPPORT,
    check: ({ spec }, report) => {
      const minor = minorOf(spec);
      spec.serviceMesh?.revisions.forEach((revision, index) => {
        const [first, last] = entryOf(VERSIONS, revision) ?? [];
        if (minor !== undefined && (minor < (first ?? minor) || minor > (last ?? minor))) {
          report(
            `serviceMesh.revisions.${index}`,
            `The revision ${revision} is for Kubernetes 1.${first} to 1.${last}, and the version is 1.${minor}.`,
            "Use a revision that az aks mesh get-revisions lists for this version, or upgrade the mesh first.",
            "kubernetesVersion",
          );
        }
      });
    },
  },
  {
    code: "HAKS-MESH-003",
    severity: "warning",
    title: "The revision of the service mesh should be supported.",
    source: SUPPORT,
    check: ({ spec: { serviceMesh } }, report) =>
      serviceMesh?.revisions.forEach((revision, index) => {
        const end = entryOf(ENDS, revision);
        if (end !== undefined) {
          report(
            `serviceMesh.revisions.${index}`,
            `The support of the revision ${revision} ended in ${end}: no new cluster gets it.`,
            "Use a newer revision, which az aks mesh get-revisions lists.",
          );
        }
      }),
  },
];

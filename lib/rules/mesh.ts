// HAKS-MESH: the service mesh. Pure.
import { Rule } from "./rule";

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
          `The service mesh has the revisions ${revisions.map((one) => `"${one}"`).join(", ") || "none"}.`,
          "Name one, or the old and the new one during an upgrade.",
        );
        return;
      }
      revisions.forEach((revision, index) => {
        if (!/^asm-1-\d{2}$/.test(revision)) {
          report(
            `${path}.${index}`,
            `"${revision}" is not a revision of the service mesh.`,
            "Use a revision such as asm-1-27, which az aks mesh get-revisions lists.",
          );
        }
      });
    },
  },
];

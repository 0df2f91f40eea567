// Adopts a cluster that exists: compares its exports with the stacks of a description.
import { LoadedConfiguration } from "../config/configuration";
import { Exports } from "../discover/exports";
import { identitiesOf } from "../discover/identities";
import { parseResourceId } from "../../lib/spec/resource-id";
import { TextFile } from "../files";
import { FindingsError, PlacedFinding, sortFindings } from "../finding";
import { parseStack } from "../handoff/stack-json";
import { TEAMS } from "../review/words";
import { Severity } from "../../lib/spec/custom-rule";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { textsOf } from "../synthesize";
import { adoptionOf } from "./adoption";
import { cleanupScript } from "./cleanup-script";
import { AdoptFinding, adoptFindings, otherCluster } from "./findings";
import { leftoversOf } from "./leftovers";
import { AdoptReport } from "./render";

/** An adoption, before its files are written. */
export interface Adopted {
  readonly report: AdoptReport;
  readonly findings: PlacedFinding[];
  /** The stacks, in the order of deployment. */
  readonly stacks: string[];
  /** The scripts for later. */
  readonly scripts: TextFile[];
}

/**
 * Compares the exports of a cluster with a description.
 *
 * @throws FindingsError if the exports are of another cluster
 */
export function adopt(exports: Exports, configuration: LoadedConfiguration): Adopted {
  const spec = configuration.plan._resolved;
  const placed = (findings: readonly AdoptFinding[]) =>
    findings.map(({ severity, ...finding }) =>
      configuration.place({ ...finding, severity: severity as Severity }),
    );
  const other = otherCluster(spec, exports);
  if (other.length > 0) {
    throw new FindingsError(sortFindings(placed(other)));
  }
  const texts = textsOf(configuration);
  const stacks = new Map([...texts].map(([name, text]) => [name, parseStack(text)]));
  const adoption = adoptionOf(stacks, exports);
  const leftovers = leftoversOf(adoption, exports, spec);
  const review = configuration.plan.review();
  const { name, resourceGroup, subscriptionId } = spec.identities.kubelet;
  const subscription =
    subscriptionId ?? spec.subscriptionId ?? parseResourceId(exports.id)?.subscriptionId;
  const kubeletId = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  return {
    report: {
      cluster: spec.name,
      adoption,
      identities: identitiesOf(exports),
      leftovers,
      files: [],
    },
    findings: sortFindings(placed(adoptFindings(adoption, exports, spec))),
    stacks: [...texts.keys()],
    scripts: TEAMS.flatMap((team): TextFile[] => {
      const text = cleanupScript(review, exports.id, kubeletId, team as GrantingTeam, leftovers);
      return text === undefined ? [] : [[`adopt-cleanup-${team}.sh`, text]];
    }),
  };
}

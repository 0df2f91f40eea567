// Writes the documents and scripts of a move.
import { GrantingTeam } from "../../lib/spec/granting-team";
import { TextFile } from "../files";
import { publish } from "../output-folder";
import { renderScript } from "../review/script";
import { grantsOf } from "../review/words";
import { MoveDocument } from "./document";
import { OLD_CLUSTER_FILE, renderExportScript } from "./export-script";
import { renderTicket } from "./markdown";
import { MEMORY_FILE } from "./memory";
import { MovePlan, World } from "./plan";
import { renderMoveScript } from "./script";
import { MOVE_TEAMS } from "./step";

/** Writes the files, and returns their paths in the folder. */
export function writeMove(
  document: MoveDocument,
  plan: MovePlan,
  world: World,
  folder: string,
): string[] {
  const files = moveFiles(document, plan, world);
  publish(folder, files, false);
  return files.map(([name]) => name);
}

/** Returns the files: the document, and for each team a ticket and scripts. */
export function moveFiles(document: MoveDocument, plan: MovePlan, world: World): TextFile[] {
  const { review, cluster } = plan;
  // The scripts work where the cluster is, unless the description says otherwise.
  const placed = { ...review, subscriptionId: review.subscriptionId ?? cluster.subscriptionId };
  return [
    ["export.sh", renderExportScript(plan)],
    ...oldCluster(plan, world),
    [MEMORY_FILE, `${JSON.stringify(document, undefined, 2)}\n`],
    ...MOVE_TEAMS.filter((team) => document.steps.some((step) => step.team === team)).flatMap(
      (team): TextFile[] => [
        [`${team}.md`, renderTicket(document, plan, team)],
        [`${team}.sh`, renderMoveScript(document, plan, team, world)],
      ],
    ),
    ...Object.values(GrantingTeam)
      .filter((team) => grantsOf(review, team).length > 0)
      .map((team): TextFile => [`${team}-grants.sh`, renderScript(placed, team)]),
  ];
}

/** Keeps the cluster that another one takes over from: once it is gone, Azure has no export of it. */
function oldCluster({ way }: MovePlan, { exports }: World): TextFile[] {
  const text = `${JSON.stringify(exports.cluster.json(), undefined, 2)}\n`;
  return way === "blue-green" ? [[OLD_CLUSTER_FILE, text]] : [];
}

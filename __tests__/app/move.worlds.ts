// Moves of the clusters of the exports of __tests__/app/discover.
import { join } from "node:path";
import { split } from "shlex";
import { toConfiguration } from "../../app/config/construct";
import { Fields } from "../../app/config/file-schema";
import { descriptionOf } from "../../app/discover/description";
import { Exports } from "../../app/discover/exports";
import { readExports } from "../../app/discover/read-folder";
import { sourceOf } from "../../app/discover/source";
import { MoveDocument, documentOf } from "../../app/move/document";
import { scopeOf } from "../../app/move/evidence";
import {
  Memory,
  MovePlan,
  Way,
  World,
  leftPrincipals,
  planOf,
  principalOf,
} from "../../app/move/plan";
import { GrantRecord, subscriptionsOf } from "../../app/move/records";
import { parsePlanLog } from "../../app/move/plan-log";
import { remember } from "../../app/move/remember";
import { TOKEN_HOURS } from "../../app/move/waits";
import { grantsOf } from "../../app/review/words";
import { ClusterPlan } from "../../lib";
import { fixedGuid } from "../../lib/access/fixed-guid";
import { inScratch } from "../scenarios";
import { Azure, az, azureFrom, exportTo, planLog } from "./move.azure";

const DAY = TOKEN_HOURS * 3_600_000;

export const DISCOVERED = "__tests__/app/discover";

/** Returns the folder of the exports of a cluster. */
export function exportsOf(name: string): string {
  return join(DISCOVERED, name, "exports");
}

/** Returns the description of an exported cluster, with changes. */
export function descriptionFor(name: string, change: Fields = {}): Fields {
  return { ...descriptionOf(sourceOf(readExports(exportsOf(name)), []), []).content, ...change };
}

/** A move in memory: Azure, the description, and what the runs remember. */
export class Move {
  public azure: Azure;
  public log?: string;
  /** Before the time of the scripts, which do not wait then. */
  public now = new Date(Date.now() - 10 * DAY);
  private memory?: Memory;
  private readonly description: ClusterPlan;

  public constructor(
    name: string,
    change: Fields = {},
    private readonly way?: Way,
  ) {
    this.azure = azureFrom(exportsOf(name));
    this.description = new ClusterPlan(toConfiguration(descriptionFor(name, change)).spec);
  }

  public get world(): World {
    const log = this.log === undefined ? undefined : parsePlanLog(this.log);
    const exports = inScratch((folder) => {
      exportTo(folder, this.azure);
      return readExports(folder);
    });
    return { now: this.now, exports, log, records: this.records(exports) };
  }

  /** The records of export.sh. */
  private records(exports: Exports): GrantRecord[] {
    const plan = this.planFor(exports);
    return leftPrincipals(plan).flatMap((principalId) =>
      subscriptionsOf(plan).map((subscriptionId) => ({
        ...{ principalId, subscriptionId },
        assignments: this.azure.assignments
          .filter((one) => one.principalId === principalId)
          .map(({ id }) => id)
          .filter((id) => id.split("/")[2] === subscriptionId),
      })),
    );
  }

  public get plan(): MovePlan {
    const { world } = this;
    return remember(this.planFor(world.exports), world);
  }

  /** Waits until old tokens have ended. */
  public wait(): void {
    this.now = new Date(this.now.getTime() + DAY);
  }

  private planFor(exports: Exports): MovePlan {
    return planOf(exports, this.description, this.memory, this.way);
  }

  /** Runs the command with fresh exports. */
  public run(confirm: string[] = []): MoveDocument {
    const plan = { ...this.plan, confirmed: [...(this.memory?.confirmed ?? []), ...confirm] };
    this.memory = plan;
    return documentOf(this.world, plan);
  }

  /** Does what the commands of a step say. */
  public do(commands: readonly string[]): void {
    let principal = "";
    for (const line of commands) {
      const [, lookup] = /^(?:control_plane|made_kubelet)="\$\((.*)\)"$/.exec(line) ?? [];
      if (lookup !== undefined) {
        principal = az(this.azure, split(lookup).slice(1)).trim();
      } else if (line.startsWith("az ") && !line.includes(" rest ")) {
        const words = split(line).map((one) =>
          ["$control_plane", "$made_kubelet"].includes(one) ? principal : one,
        );
        az(this.azure, words.slice(1));
      }
    }
  }

  /** Makes both identities, as the stack does. */
  public createIdentities(): void {
    for (const kind of ["controlPlane", "kubelet"] as const) {
      const { plan, world } = this;
      if (principalOf(kind, plan, world.exports) === undefined) {
        const { name, resourceGroup, subscriptionId } = plan[kind];
        az(this.azure, [
          ...["identity", "create", "--name", name, "--resource-group", resourceGroup],
          ...["--subscription", subscriptionId],
        ]);
      }
    }
  }

  /** Grants the rights of a team, as its stack does. */
  public grant(team: string): void {
    const { plan, world } = this;
    for (const row of grantsOf(plan.review, team)) {
      const { principal, role, condition } = row;
      const own =
        principal.kind === "controlPlane" || principal.kind === "kubelet"
          ? principalOf(principal.kind, plan, world.exports)
          : undefined;
      const guid = role.guid ?? fixedGuid(role.name);
      this.azure.roles[guid] = { name: role.name, actions: [] };
      az(this.azure, [
        ...["role", "assignment", "create", "--scope", scopeOf(row, plan), "--role", guid],
        ...["--assignee-object-id", principal.objectId ?? own ?? ""],
        ...["--assignee-principal-type", principal.principalType],
        ...(condition === undefined ? [] : ["--condition", condition]),
      ]);
    }
  }
}

/** Does a step as its team does. */
export function act(move: Move, document: MoveDocument, id: string): void {
  const step = document.steps.find((one) => one.id === id)!;
  switch (id) {
    case "control-plane-tokens":
    case "old-tokens":
      move.wait();
      break;
    case "identities":
      move.createIdentities();
      break;
    case "identity-grants":
    case "network-grants":
      move.grant(step.team);
      break;
    case "terraform-plan":
      move.log = planLog(move.azure, move.plan.kubelet.id);
      break;
    default:
      move.do(step.commands);
  }
}

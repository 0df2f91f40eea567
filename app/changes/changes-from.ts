// Compares a description with what an earlier version became. Pure.
import { LATE_PHASES, stackSuffix } from "../../lib/access/phases";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { ClusterPlan } from "../../lib/plan/cluster-plan";
import { IDENTITY_KINDS } from "../../lib/spec/identities";
import { toConfiguration } from "../config/construct";
import { Fields } from "../config/file-schema";
import { LoadedConfiguration } from "../config/configuration";
import { checkShape } from "../config/shape";
import { parseStack } from "../handoff/stack-json";
import { STACK_ROLES, isLate } from "../handoff/stack-roles";
import { stackName } from "../../lib/stacks/stack-prefix";
import { Changes, changesOf } from "./changes";
import { PreviousOutput } from "./previous-output";

/**
 * Returns the changes since an earlier version of a description.
 *
 * @param previous what the earlier version became
 * @param configuration the description, which has no errors
 * @param texts the text of each of its stacks, by name; empty if the earlier stacks are unknown
 */
export function changesFrom(
  previous: PreviousOutput,
  configuration: LoadedConfiguration,
  texts: ReadonlyMap<string, string>,
): Changes {
  const { content } = configuration;
  const stacks = new Map([...texts].map(([name, text]) => [name, parseStack(text)]));
  return changesOf({
    previous,
    content,
    review: configuration.plan.review(),
    stacks,
    stackNames: stackNamesOf(configuration),
    locked: lockedIdentities(configuration.plan),
    reviewWith: (field) => reviewWith({ ...content, previous: field }),
  });
}

// Those after the cluster are optional.
function stackNamesOf({ plan, spec, terraform }: LoadedConfiguration): string[] {
  const late = LATE_PHASES.flatMap((phase) =>
    Object.values(GrantingTeam).flatMap((team) =>
      plan._hasStack(team, phase) ? stackSuffix(team, phase) : [],
    ),
  );
  return STACK_ROLES.filter((role) => !isLate(role) || late.some((one) => one === role)).map(
    (role) => stackName(`${spec.name}-${role}`, terraform),
  );
}

function lockedIdentities({ _resolved: { identities } }: ClusterPlan): string[] {
  return identities.locked ? IDENTITY_KINDS.filter((kind) => !identities[kind].existing) : [];
}

function reviewWith(content: Fields) {
  if (checkShape(content).findings.length > 0) {
    return undefined;
  }
  const { spec } = toConfiguration(content);
  const plan = new ClusterPlan(spec);
  return plan.findings.some(({ severity }) => severity === "error") ? undefined : plan.review();
}

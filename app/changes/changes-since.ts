// Compares a description with the output of an earlier version.
import { ClusterPlan } from "../../lib";
import { IDENTITY_KINDS } from "../../lib/spec/resolved-spec";
import { toConfiguration } from "../config/construct";
import { Fields } from "../config/file-schema";
import { LoadedConfiguration } from "../config/load";
import { checkShape } from "../config/shape";
import { parseStack } from "../handoff/stack-json";
import { STACK_ROLES } from "../handoff/stack-roles";
import { stackName } from "../../lib/stacks/stack-names";
import { textsOf } from "../synthesize";
import { Changes, changesOf } from "./changes";
import { readPrevious } from "./previous-output";

/**
 * Returns the changes since an earlier version of a description.
 *
 * @param path the output of the earlier version: an access review, or a folder with stacks
 * @param configuration the description, which has no errors
 * @throws FindingsError if the path has no such output
 */
export function changesSince(path: string, configuration: LoadedConfiguration): Changes {
  const previous = readPrevious(path);
  const { content } = configuration;
  const texts = previous.stacks.size === 0 ? [] : [...textsOf(configuration)];
  const stacks = new Map(texts.map(([name, text]) => [name, parseStack(text)]));
  return changesOf({
    previous,
    content,
    review: configuration.plan.review(),
    stacks,
    // Those after the cluster are optional.
    stackNames: STACK_ROLES.map((role) =>
      stackName(`${configuration.spec.name}-${role}`, configuration.terraform),
    ).filter((name, index) => index < 3 || stacks.has(name)),
    locked: lockedIdentities(configuration.plan),
    reviewWith: (field) => reviewWith({ ...content, previous: field }),
  });
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

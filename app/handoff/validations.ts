// What a variable must look like: the rules, as conditions of Terraform with the sentences of the rules. Pure.
import {
  KEY_ID,
  TAG_LENGTH,
  TAG_NAME,
  FindingText,
  invalidGuid,
  invalidKeyId,
  invalidName,
  invalidResourceId,
  invalidSubscriptionId,
  invalidTag,
} from "../../lib/rules/texts";
import { NameRule } from "../../lib/spec/naming";
import { Validation } from "./late-value";

const GUID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

const MOST_REPETITIONS = 1000;

/** Names of a kind. */
export function nameValidation(variable: string, rule: NameRule): Validation {
  return matching(variable, rule.pattern.source, invalidName(shown(variable), rule));
}

/** GUIDs. */
export function guidValidation(variable: string): Validation {
  return matching(variable, `^${GUID}$`, invalidGuid(shown(variable)));
}

/** A subscription, or null for the one that the runner is signed in to. */
export function subscriptionValidation(variable: string): Validation {
  const { condition, error_message } = matching(
    variable,
    `^${GUID}$`,
    invalidSubscriptionId(shown(variable)),
  );
  const inside = condition.slice(2, -1);
  return { condition: `\${var.${variable} == null || ${inside}}`, error_message };
}

/** Ids of resources of a type. */
export function idValidation(variable: string, type: string): Validation {
  const [namespace = "", ...types] = type.split("/");
  const segments = types.map((one) => `/${one}/[^/]+`).join("");
  const pattern = `(?i)^/subscriptions/${GUID}/resourceGroups/[^/]+/providers/${namespace.replace(/\./g, "\\.")}${segments}$`;
  return matching(variable, pattern, invalidResourceId(shown(variable), type));
}

/** Tags, or null for none. */
export function tagsValidation(variable: string): Validation {
  const tags = `coalesce(var.${variable}, {})`;
  const name = JSON.stringify(TAG_NAME.source.replace(/\\\//g, "/"));
  const isRight = `can(regex(${name}, name)) && length(value) <= ${TAG_LENGTH}`;
  const wrong = `\${join(", ", [for name, value in ${tags} : "\${name}: \${value}" if !(${isRight})])}`;
  const [message, remedy] = invalidTag(wrong);
  return {
    condition: `\${alltrue([for name, value in ${tags} : ${isRight}])}`,
    error_message: `${message} ${remedy}`,
  };
}

/** Ids of keys with their version. */
export function keyValidation(variable: string): Validation {
  return matching(variable, KEY_ID.source.replace(/\\\//g, "/"), invalidKeyId(shown(variable)));
}

function matching(variable: string, pattern: string, [message, remedy]: FindingText): Validation {
  return {
    condition: `\${can(regex(${JSON.stringify(forTerraform(pattern))}, var.${variable}))}`,
    error_message: `${message} ${remedy}`,
  };
}

/**
 * A pattern as Terraform takes it: a repetition of more than 1,000 is an error there, which `can` would
 * hide, and one within another counts as often as both. So the outer one is taken in parts.
 */
export function forTerraform(pattern: string): string {
  return pattern.replace(
    /(\([^()]*\{\d*,?(\d+)\}[^()]*\))\{(\d+),(\d+)\}/g,
    (text, group: string, inner: string, least: string, most: string) => {
      const part = Math.floor(MOST_REPETITIONS / Number(inner));
      if (Number(most) <= part || Number(least) > part) {
        return text;
      }
      const parts = [`${group}{${least},${part}}`];
      for (let rest = Number(most) - part; rest > 0; rest -= part) {
        parts.push(`${group}{0,${Math.min(part, rest)}}`);
      }
      return parts.join("");
    },
  );
}

function shown(variable: string): string {
  return `\${var.${variable}}`;
}

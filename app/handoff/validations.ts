// Terraform validations of variables, with the patterns and messages of the rules. Pure.
import {
  ISSUER_URL,
  KEY_ID,
  TAG_LENGTH,
  TAG_NAME,
  FindingText,
  invalidGuid,
  invalidIssuer,
  invalidKeyId,
  invalidName,
  invalidResourceId,
  invalidTag,
} from "../../lib/rules/texts";
import { GUID as WHOLE_GUID } from "../../lib/spec/resource-id";
import { NameRule } from "../../lib/spec/naming";
import { Validation } from "./variable";

const GUID = WHOLE_GUID.source.slice(1, -1);

const MAX_REPETITIONS = 1000;

/** Returns the validation of a name. */
export function nameValidation(variable: string, rule: NameRule): Validation {
  return matching(variable, rule.pattern.source, invalidName(shown(variable), rule));
}

/** Returns the validation of a GUID, with the words for a field such as `tenantId`. */
export function guidValidation(variable: string, field?: string): Validation {
  return matching(variable, `^${GUID}$`, invalidGuid(shown(variable), field));
}

/** Returns the validation of a subscription, which may be null for that of the runner. */
export function subscriptionValidation(variable: string): Validation {
  const { condition, error_message } = matching(
    variable,
    `^${GUID}$`,
    invalidGuid(shown(variable), "subscriptionId"),
  );
  const inside = condition.slice(2, -1);
  return { condition: `\${var.${variable} == null || ${inside}}`, error_message };
}

/** Returns the validation of a resource id of a type. */
export function idValidation(variable: string, type: string): Validation {
  const [namespace = "", ...types] = type.split("/");
  const segments = types.map((one) => `/${one}/[^/]+`).join("");
  const pattern = `(?i)^/subscriptions/${GUID}/resourceGroups/[^/]+/providers/${namespace.replace(/\./g, "\\.")}${segments}$`;
  return matching(variable, pattern, invalidResourceId(shown(variable), type));
}

/** Returns the validation of tags, which may be null. */
export function tagsValidation(variable: string): Validation {
  const tags = `coalesce(var.${variable}, {})`;
  const name = JSON.stringify(TAG_NAME.source.replace(/\\\//g, "/"));
  const isValid = `can(regex(${name}, name)) && length(value) <= ${TAG_LENGTH}`;
  const invalid = `\${join(", ", [for name, value in ${tags} : "\${name}: \${value}" if !(${isValid})])}`;
  const [message, remedy] = invalidTag(invalid);
  return {
    condition: `\${alltrue([for name, value in ${tags} : ${isValid}])}`,
    error_message: `${message} ${remedy}`,
  };
}

/** Returns the validation of a versioned key id. */
export function keyValidation(variable: string): Validation {
  return matching(variable, KEY_ID.source.replace(/\\\//g, "/"), invalidKeyId(shown(variable)));
}

/** Returns the validation of the URL of an OIDC issuer. */
export function issuerValidation(variable: string): Validation {
  return matching(
    variable,
    ISSUER_URL.source.replace(/\\\//g, "/"),
    invalidIssuer(shown(variable)),
  );
}

function matching(variable: string, pattern: string, [message, remedy]: FindingText): Validation {
  return {
    condition: `\${can(regex(${JSON.stringify(forTerraform(pattern))}, var.${variable}))}`,
    error_message: `${message} ${remedy}`,
  };
}

/**
 * Returns a pattern that Terraform accepts. More than 1,000 repetitions are an error there, which `can` would
 * hide, and nested repetitions multiply. So the outer repetition is split into parts.
 */
export function forTerraform(pattern: string): string {
  return pattern.replace(
    /(\([^()]*\{\d*,?(\d+)\}[^()]*\))\{(\d+),(\d+)\}/g,
    (text, group: string, inner: string, min: string, max: string) => {
      const part = Math.floor(MAX_REPETITIONS / Number(inner));
      if (Number(max) <= part || Number(min) > part) {
        return text;
      }
      const parts = [`${group}{${min},${part}}`];
      for (let rest = Number(max) - part; rest > 0; rest -= part) {
        parts.push(`${group}{0,${Math.min(part, rest)}}`);
      }
      return parts.join("");
    },
  );
}

function shown(variable: string): string {
  return `\${var.${variable}}`;
}

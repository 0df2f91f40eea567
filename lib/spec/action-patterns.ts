// Patterns of actions in role definitions, matched as Azure does: case is ignored, and `*` matches across `/`. Pure.
// Between two slashes, `*` may also stand for nothing: by `userAssignedIdentities/*/read`, Managed Identity Operator
// reads the identity itself.

// The same few patterns are asked about again and again.
const compiled = new Map<string, RegExp>();

/** Whether a pattern of a role definition, such as `Microsoft.Network/*`, allows an operation. */
export function matchesAction(pattern: string, operation: string): boolean {
  return (compiled.get(pattern) ?? compile(pattern)).test(operation);
}

/** Whether a pattern stands for any number of operations. */
export function isWildcard(pattern: string): boolean {
  return pattern.includes("*");
}

/** Whether one of the patterns allows an operation. */
export function allows(patterns: readonly string[], operation: string): boolean {
  return patterns.some((pattern) => matchesAction(pattern, operation));
}

function compile(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\/\*(?=\/)/g, "(/.*)?")
    .replace(/(?<!\.)\*/g, ".*");
  const made = new RegExp(`^${source}$`, "i");
  compiled.set(pattern, made);
  return made;
}

// Evaluates conditions that bound role assignments, in the language of Azure, as far as they use it.

/** A role assignment that a principal creates or deletes. */
export interface Attempt {
  readonly action: "write" | "delete";
  /** GUID of the role. */
  readonly role: string;
  readonly principalType: string;
  readonly principalId?: string;
}

const TOKEN = /\s*(AND\b|OR\b|!|\(|\)|@?\w+[[{][^\]}]*[\]}]|ForAnyOfAnyValues:\w+|\{[^}]*\})/y;

/** Whether a condition lets a principal with `roleAssignments/write` and `/delete` do something. */
export function lets(condition: string, attempt: Attempt): boolean {
  const tokens = tokensOf(condition);
  const result = either(tokens, attempt);
  if (tokens.length > 0) {
    throw new Error(`Not understood: ${tokens.join(" ")}`);
  }
  return result;
}

function tokensOf(condition: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < condition.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(condition) ?? [];
    if (token === undefined) {
      throw new Error(`Not understood: ${condition.slice(at)}`);
    }
    tokens.push(token);
  }
  return tokens;
}

function either(tokens: string[], attempt: Attempt): boolean {
  let result = both(tokens, attempt);
  while (tokens[0] === "OR") {
    tokens.shift();
    result = both(tokens, attempt) || result;
  }
  return result;
}

function both(tokens: string[], attempt: Attempt): boolean {
  let result = single(tokens, attempt);
  while (tokens[0] === "AND") {
    tokens.shift();
    result = single(tokens, attempt) && result;
  }
  return result;
}

function single(tokens: string[], attempt: Attempt): boolean {
  const token = tokens.shift() ?? "nothing";
  if (token === "!") {
    return !single(tokens, attempt);
  }
  if (token === "(") {
    const result = either(tokens, attempt);
    if (tokens.shift() !== ")") {
      throw new Error("A parenthesis is not closed.");
    }
    return result;
  }
  const [, action] =
    /^ActionMatches\{'Microsoft\.Authorization\/roleAssignments\/(\w+)'\}$/.exec(token) ?? [];
  return action === undefined ? isIn(token, tokens, attempt) : action === attempt.action;
}

// A new assignment is in the request alone, an existing one is the resource.
const SOURCES = { write: "@Request", delete: "@Resource" };

function isIn(token: string, tokens: string[], attempt: Attempt): boolean {
  const [, source, attribute = ""] =
    /^(@\w+)\[Microsoft\.Authorization\/roleAssignments:(\w+)\]$/.exec(token) ?? [];
  const [operator = "", list = ""] = tokens.splice(0, 2);
  const values = list.slice(1, -1).split(", ");
  const known: { readonly [attribute: string]: readonly [string, string | undefined] } = {
    RoleDefinitionId: ["ForAnyOfAnyValues:GuidEquals", attempt.role],
    PrincipalId: ["ForAnyOfAnyValues:GuidEquals", attempt.principalId],
    PrincipalType: ["ForAnyOfAnyValues:StringEqualsIgnoreCase", `'${attempt.principalType}'`],
  };
  const [wanted, value] = known[attribute] ?? [];
  if (source === undefined || operator !== wanted) {
    throw new Error(`Not understood: ${token} ${operator} ${list}`);
  }
  const isGiven = source === SOURCES[attempt.action];
  return isGiven && values.some((one) => one.toLowerCase() === value?.toLowerCase());
}

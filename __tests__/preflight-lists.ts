// The list of a team in a message of the preflight, as one sentence for each role assignment.

/** Sentences in place of lists, among messages that Terraform prints. */
export function inSentences(messages: readonly string[]): string[] {
  return messages.flatMap((message) => {
    const [head = "", ...items] = message.split("\n- ");
    const [, team = "", rest = ""] = /^(.+?) (has to deploy .+):$/.exec(head) ?? [];
    const clause = `${team.replace(/^The /, "the ")} ${rest}`;
    return items.length === 0 ? [message] : items.map((item) => sentence(item, clause));
  });
}

/** The sentences of all lists of a stack, which stand in its locals. */
export function listedIn(locals: { readonly [name: string]: unknown } = {}): string[] {
  const lists = Object.entries(locals).filter(([name]) => name.endsWith("_missing"));
  return lists.flatMap(([, list]) =>
    Object.entries(list as { readonly [remedy: string]: string }).flatMap(([remedy, expression]) =>
      [...expression.matchAll(/\? \[\] : \[("(?:[^"\\]|\\.)*")\]/g)].map(([, text = ""]) =>
        sentence(JSON.parse(text) as string, remedy),
      ),
    ),
  );
}

function sentence(item: string, clause: string): string {
  return `${item.replace(/\.$/, "")}: ${clause}.`;
}

// Questions on the terminal. The library is loaded when the first question is asked.
import { UsageError } from "../environment";

/** A question for a line of text. */
export interface TextQuestion {
  readonly message: string;
  /** The answer if nothing is entered. */
  readonly fallback: string;
  /** Returns the problem with an answer; undefined if it has none. */
  readonly problem: (answer: string) => string | undefined;
}

/** Asks questions. */
export interface Prompts {
  /** Returns the name of the choice. */
  readonly choose: (
    message: string,
    choices: { readonly [name: string]: string },
  ) => Promise<string>;
  readonly text: (question: TextQuestion) => Promise<string>;
}

/**
 * Questions on stderr, answered on stdin.
 *
 * @throws UsageError in both if the user cancels
 */
export const TERMINAL: Prompts = {
  choose: async (message, choices) => {
    const { select } = await import("@clack/prompts");
    const options = Object.entries(choices).map(([value, hint]) => ({ value, label: value, hint }));
    return given(await select({ message, options, output: process.stderr }));
  },
  text: async ({ message, fallback, problem }) => {
    const { text } = await import("@clack/prompts");
    const answered = await text({
      message,
      placeholder: fallback,
      defaultValue: fallback,
      validate: (answer = "") => problem(answer.trim() || fallback),
      output: process.stderr,
    });
    return given(answered).trim();
  },
};

function given(answer: string | symbol): string {
  if (typeof answer === "symbol") {
    throw new UsageError("Cancelled; nothing was written.");
  }
  return answer;
}

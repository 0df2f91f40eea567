// hardened-aks init: writes a description to start from, after a few questions.
import { Option } from "commander";
import { UsageError, configFile } from "../../environment";
import { FindingsError } from "../../finding";
import { ALL_QUESTIONS, QUESTIONS, STARTS, StartName } from "../../init/questions";
import { problemsWith } from "../../init/problems";
import { Answers, answerTo } from "../../init/starts";
import { nextSteps } from "../../init/steps";
import { explanationOf, placeholdersOf, textOfStart } from "../../init/text";
import { refuseExisting, schemaFor, writeStart } from "../../init/write";
import { plain } from "../../review/text";
import { STATUS } from "../findings";
import { Io, print, printJson } from "../io";
import { Prompts } from "../prompts";

interface Options {
  readonly config?: string;
  readonly for?: StartName;
  readonly yes?: boolean;
  readonly json?: boolean;
  /** The options that answer questions. */
  readonly [name: string]: unknown;
}

/**
 * Writes a description, and what belongs beside it.
 *
 * @throws FindingsError if there is a description, or an answer is refused
 */
export async function init(options: Options, io: Io): Promise<number> {
  const file = configFile(options.config);
  refuseExisting(file);
  const prompts = options.yes || options.json ? undefined : io.prompts;
  if (!prompts && !options.yes) {
    throw new UsageError(withoutTerminal(options.for));
  }
  const start = options.for ?? (prompts ? await chosen(prompts) : "lab");
  const given = answersIn(options, start);
  refuse(start, given, prompts);
  const answers = prompts ? await ask(start, given, prompts) : given;
  const schema = schemaFor(file);
  const written = writeStart(file, textOfStart(start, answers, schema.path), schema);
  const placeholders = placeholdersOf(start, answers);
  if (options.json) {
    const fields = placeholders.map(({ path }) => path.join("."));
    printJson(io, { start, files: written, placeholders: fields });
  } else {
    const config = file === "haks.yaml" ? "" : ` --config ${file}`;
    print(io, [
      `Written, for ${STARTS[start]}:`,
      ...written.map((path) => `  ${path}`),
      ...nextSteps(start, answerTo("name", start, answers), placeholders, config),
    ]);
  }
  return STATUS.ok;
}

async function chosen(prompts: Prompts): Promise<StartName> {
  return (await prompts.choose("What do you start with?", STARTS)) as StartName;
}

function optionsOf(start: StartName): string {
  return QUESTIONS[start].map(({ option }) => `--${option}`).join(", ");
}

function withoutTerminal(start: StartName = "lab"): string {
  return `There is no terminal to ask on. Add --yes, and answer with options: --for with one of ${Object.keys(STARTS).join(", ")}; for ${start} ${optionsOf(start)}.`;
}

/** Returns the answers among the options of the command. */
function answersIn(options: Options, start: StartName): Answers {
  const answers = ALL_QUESTIONS.flatMap(({ option }) => {
    const value = options[new Option(`--${option} <value>`).attributeName()];
    return typeof value === "string" ? [[option, value] as const] : [];
  });
  const asked = QUESTIONS[start].map(({ option }) => option);
  const foreign = answers.find(([option]) => !asked.includes(option));
  if (foreign) {
    throw new UsageError(
      `The starting point ${start} does not ask for --${foreign[0]}. Its options are ${optionsOf(start)}.`,
    );
  }
  return Object.fromEntries(answers);
}

function refuse(start: StartName, given: Answers, prompts: Prompts | undefined): void {
  const open = QUESTIONS[start].filter(({ option }) => given[option] === undefined);
  const problems = problemsWith(start, given, prompts ? open : []);
  if (problems.length > 0) {
    throw new FindingsError(
      problems.map(({ severity, code, message, remedy }) => ({
        ...{ severity, code, message, remedy },
        file: "command line",
      })),
    );
  }
}

async function ask(start: StartName, given: Answers, prompts: Prompts): Promise<Answers> {
  let answers = given;
  const open = QUESTIONS[start].filter(({ option }) => given[option] === undefined);
  for (const [index, { option, words, path }] of open.entries()) {
    const problem = (answer: string): string | undefined => {
      const rest = open.slice(index + 1);
      const problems = problemsWith(start, { ...answers, [option]: answer }, rest);
      // Names that follow from the answer have problems, too.
      const shown = problems.find(({ message }) => message.includes(`"${answer}"`)) ?? problems[0];
      return shown && plain(`${shown.message} ${shown.remedy}`);
    };
    const fallback = answerTo(option, start, answers);
    const head = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
    const message = `${head} (${path.join(".")})\n${explanationOf(start, path)}`;
    const answer = await prompts.text({ message, fallback, problem });
    // An answer that is the fallback may be a placeholder still.
    answers = answer === fallback ? answers : { ...answers, [option]: answer };
  }
  return answers;
}

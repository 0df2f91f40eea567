// Workflows of GitHub Actions, checked against the schema and the grammar that GitHub publishes.
import { join } from "node:path";
import { ROOT, bin, newScratch, run } from "./package/tools";

type Parser = typeof import("@actions/workflow-parser");

/**
 * Returns the parser as a module that jest can load: its files import JSON as only bundlers do.
 *
 * @see https://github.com/actions/languageservices
 */
function load(): Parser {
  const entry = join(ROOT, "node_modules", "@actions", "workflow-parser", "dist", "index.js");
  const bundle = join(newScratch(), "parser.cjs");
  run(bin("esbuild"), [entry, "--bundle", "--platform=node", `--outfile=${bundle}`]);
  return jest.requireActual<Parser>(bundle);
}

let parser: Parser | undefined;

/**
 * Returns the errors of a workflow, and of its calls of others.
 *
 * @param text the workflow
 * @param called the workflows that it can call, by their names in .github/workflows
 */
export async function workflowProblems(
  text: string,
  called: { readonly [name: string]: string } = {},
): Promise<string[]> {
  parser ??= load();
  const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = parser;
  const file = { name: "workflow.yml", content: text };
  const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
  if (value !== undefined) {
    const provider: Parameters<typeof convertWorkflowTemplate>[2] = {
      getFileContent(reference) {
        const path = "path" in reference ? reference.path : "";
        const name = path.replace(".github/workflows/", "");
        const content = called[name];
        return content === undefined
          ? Promise.reject(new Error(`There is no ${name}.`))
          : Promise.resolve({ name, content });
      },
    };
    // It does not continue after an error of the schema.
    await convertWorkflowTemplate(context, value, provider, { fetchReusableWorkflowDepth: 1 });
  }
  return context.errors.getErrors().map(({ message }) => message);
}

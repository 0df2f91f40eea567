// The text of a new description: its fields, with comments from the schema. Pure.
import { FILE_SCHEMA, Fields, FileSchema, isGroup, narrow, schemaAt } from "../config/file-schema";
import { Path } from "../config/yaml-source";
import { Comment, descriptionText } from "../discover/yaml";
import { plain } from "../review/text";
import { QUESTIONS, Question, StartName } from "./questions";
import { Answers, fieldsOf } from "./starts";

/** Fields that are deeper, or in a list, have no comment: they would be more comments than fields. */
const DEPTH = 3;

/** Returns the questions without an answer whose fallback stands for something that exists in Azure. */
export function placeholdersOf(start: StartName, answers: Answers): Question[] {
  return QUESTIONS[start].filter(
    ({ option, isPlaceholder }) => isPlaceholder === true && answers[option] === undefined,
  );
}

/** Returns the description of the field that a question asks for, and of the field around it. */
export function explanationOf(start: StartName, path: Path): string {
  const schema = narrow(FILE_SCHEMA, fieldsOf(start, {}));
  const around = path.length > 2 ? schemaAt(schema, path.slice(0, -1)) : undefined;
  return [around, schemaAt(schema, path)].flatMap((one) => firstPart(one) ?? []).join(" ");
}

/**
 * Returns the text of a new description.
 *
 * @param schemaPath path of the schema, relative to the file
 */
export function textOfStart(start: StartName, answers: Answers, schemaPath: string): string {
  const fields = fieldsOf(start, answers);
  const placeholders = placeholdersOf(start, answers).map(({ path }) => ({
    path,
    text: "Placeholder: replace it.",
  }));
  const comments = [...commentsOn(fields, FILE_SCHEMA), ...placeholders];
  const text = descriptionText(fields, comments, []);
  const head = `# yaml-language-server: ${["$schema", plain(schemaPath)].join("=")}`;
  return `${head}\n\n${text}\n${otherFields(fields)}`;
}

function commentsOn(fields: Fields, schema: FileSchema, around: Path = []): Comment[] {
  const { properties } = narrow(schema, fields);
  return Object.entries(fields).flatMap(([name, value]) => {
    const path = [...around, name];
    // Of a choice, the description of the group is that of the question, and that of its type the one that is chosen.
    const field = schema.properties?.[name] ?? properties?.[name];
    const text = firstPart(field);
    const own = text === undefined ? [] : [{ path, text }];
    const inside = field && isGroup(value) && path.length < DEPTH;
    return inside ? [...own, ...commentsOn(value, field, path)] : own;
  });
}

// The choices follow after an empty line.
function firstPart({ description }: FileSchema & { readonly description?: string } = {}) {
  return description?.split("\n\n")[0];
}

/** Returns the fields that the description does without, each with the first sentence about it. */
function otherFields(fields: Fields): string {
  const others = Object.entries(FILE_SCHEMA.properties ?? {}).filter(([name]) => !(name in fields));
  const lines = others.map(([name, field]) => {
    const [sentence = ""] = firstPart(field)?.split(/(?<=[.:]) /) ?? [];
    return `#   ${name}: ${sentence.replace(/:$/, ".")}\n`;
  });
  return `# Other fields; an editor that reads the schema explains them all:\n${lines.join("")}`;
}

// Reads the output of an earlier version of a description: its access review, its stacks, or both.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AccessReviewDocument } from "../../lib";
import { FindingsError } from "../finding";
import { JsonObject, isObject, parseStack } from "../handoff/stack-json";
import { at, causeOf } from "../refusal";
import { readReview } from "../review/read";

/** Output of an earlier version. */
export interface PreviousOutput {
  readonly review?: AccessReviewDocument;
  /** The stacks, by name. */
  readonly stacks: ReadonlyMap<string, JsonObject>;
}

const REVIEW = "access-review.json";

const NAME_OUTPUT =
  "Name the access-review.json of an earlier run, a folder that synth or handoff wrote, or the folder of a stack.";

/**
 * Reads an access review, an output folder of `synth`, its folder `stacks`, a folder of `handoff`, or the folder of one
 * stack.
 *
 * @throws FindingsError if the path has neither
 */
export function readPrevious(path: string): PreviousOutput {
  try {
    return read(path);
  } catch (error) {
    const cause = causeOf(error);
    throw cause === undefined ? error : unreadable(path, `The path cannot be read: ${cause}.`);
  }
}

function read(path: string): PreviousOutput {
  if (!statSync(path).isDirectory()) {
    return { review: readReview(path), stacks: new Map() };
  }
  const stacks = stacksIn(path);
  if (
    stacks.size > 0 &&
    ["", "..", "../.."].some((up) => existsSync(join(path, up, "fleet.json")))
  ) {
    throw unreadable(
      path,
      "The stacks are those of a fleet, which share grants, and a description alone has others.",
      "Name the access-review.json of the cluster, in reviews/<cluster>: rights are compared, and resources are not.",
    );
  }
  const folders = basename(resolve(path)) === "stacks" ? [path, join(path, "..")] : [path];
  const review = folders.map((folder) => join(folder, REVIEW)).find((file) => existsSync(file));
  if (stacks.size === 0 && review === undefined) {
    throw unreadable(path, `The folder contains neither ${REVIEW} nor stacks.`);
  }
  return { review: review === undefined ? undefined : readReview(review), stacks };
}

function stacksIn(folder: string): Map<string, JsonObject> {
  const inner = join(folder, "stacks");
  const parent = existsSync(inner) ? inner : folder;
  const candidates = [
    [basename(resolve(folder)), folder] as const,
    ...foldersIn(parent).map((name) => [name, join(parent, name)] as const),
  ];
  return new Map(
    candidates.flatMap(([name, place]) => {
      const stack = readStack(place);
      return stack ? [[name, stack]] : [];
    }),
  );
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** Returns the stack in a folder, which may consist of several files; undefined if it has none. */
export function readStack(folder: string): JsonObject | undefined {
  const files = at(folder, () => readdirSync(folder)).filter((name) => name.endsWith(".tf.json"));
  const parts = files.map((name) => parsed(join(folder, name)));
  return parts.some((part) => isObject(part.terraform))
    ? parts.reduce((all, part) => ({ ...all, ...part }), {})
    : undefined;
}

function parsed(file: string): JsonObject {
  try {
    return parseStack(readFileSync(file, "utf8"));
  } catch (error) {
    const cause = causeOf(error) ?? (error as Error).message;
    throw unreadable(file, `The file cannot be read as JSON: ${cause}.`);
  }
}

function unreadable(file: string, message: string, remedy = NAME_OUTPUT): FindingsError {
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
}

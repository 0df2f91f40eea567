// The worker of the page: answers requests. cdktf is loaded with the first request that needs it.
import { Answer, Request, Requests } from "../messages";
import { complete, explain } from "./complete";
import { check, review } from "./judge";
import { pack, unpack } from "./link";

const ANSWERS: Requests = {
  check,
  review,
  complete,
  explain,
  pack,
  unpack,
  stacks: async (edit) => {
    const { synthesized } = await import("./stacks.js");
    return synthesized(edit);
  },
  zip: async (source) => {
    const { zipped } = await import("./stacks.js");
    return zipped(source);
  },
};

onmessage = async ({ data: { id, name, input } }: MessageEvent<Request>) => {
  const answer = ANSWERS[name] as (input: unknown) => unknown;
  let message: Answer;
  try {
    message = { id, output: await answer(input) };
  } catch (error) {
    message = { id, error: error instanceof Error ? error.message : String(error) };
  }
  postMessage(message);
};

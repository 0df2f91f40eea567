// Reads the client ids of workloads: the outputs of their stack.
import { readFileSync } from "node:fs";
import { outputName } from "../../lib/spec/workloads";
import { isGuid } from "../../lib/spec/resource-id";
import { isGroup } from "../config/file-schema";
import { FindingsError } from "../finding";
import { causeOf } from "../refusal";
import { ClientIds } from "./service-accounts";

/** Returns the client ids in the description alone. */
export const describedIds: ClientIds = ({ identity }) => identity.ids?.clientId;

/**
 * Reads the outputs of the stack of the workloads, as `terraform output -json` prints them, or as
 * `cdktf output --outputs-file` writes them.
 *
 * @throws FindingsError if the file cannot be read
 */
export function readClientIds(file: string): ClientIds {
  const outputs = flattened(read(file));
  return (workload) => {
    const name = outputName({ name: workload.owner });
    const id = outputs.get(name);
    if (id === undefined) {
      return describedIds(workload);
    }
    if (!isGuid(id)) {
      throw refusal(file, `The output ${name} is "${id}", which is not a client id.`);
    }
    return id;
  };
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const cause = causeOf(error);
    throw refusal(
      file,
      cause === undefined
        ? `The file cannot be read as JSON (${(error as Error).message}).`
        : `The file cannot be read: ${cause}.`,
    );
  }
}

/** Returns the outputs by name: those of Terraform have a value, and cdktf groups them by stack. */
function flattened(content: unknown): Map<string, string> {
  const outputs = Object.entries(isGroup(content) ? content : {}).flatMap(
    ([name, value]): [string, string][] => {
      if (typeof value === "string") {
        return [[name, value]];
      }
      const isOutput = isGroup(value) && typeof value.value === "string";
      return isOutput ? [[name, String(value.value)]] : [...flattened(value)];
    },
  );
  return new Map(outputs);
}

function refusal(file: string, message: string): FindingsError {
  const remedy =
    "Name the file that terraform output -json writes in the folder of the stack of the workloads.";
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
}

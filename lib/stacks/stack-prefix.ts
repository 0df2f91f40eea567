// The names of stacks, with their prefix. Pure.
import { TeamStackProps } from "./terraform-settings";

/** Whether a text can be a prefix of names of stacks, which are names of folders and parts of keys. */
export function isStackPrefix(prefix: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$/.test(prefix);
}

/** Returns the name of a stack, with the prefix of the settings. */
export function stackName(name: string, { stackPrefix }: TeamStackProps): string {
  return stackPrefix === undefined || !isStackPrefix(stackPrefix) ? name : `${stackPrefix}-${name}`;
}

// What teams are called in sentences. Pure.
import { entryOf } from "../spec/tables";

const WORDS: { readonly [team: string]: string } = { identity: "identity team", network: "NOC" };

/** `NOC` for `network`: whoever owns the network. */
export function teamWords(team: string): string {
  return entryOf(WORDS, team) ?? `${team} team`;
}

// The messages between the page and its workers: requests by name, each with its input and its output. Pure.
import { PlacedFinding } from "../app/finding";

/** A description: its text, and the path that findings name. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** A description, and the one that it is compared with. */
export interface Edit {
  readonly now: Source;
  readonly before: Source;
}

/** The findings about a description. */
export interface Checked {
  readonly findings: readonly PlacedFinding[];
  /** Whether none of them is an error; only then the other views change. */
  readonly isValid: boolean;
}

/** Addresses of one kind, as a part of a bar. */
export interface BarPart {
  readonly kind: string;
  readonly words: string;
  readonly addresses: number;
}

/** A range of addresses as a bar. */
export interface Bar {
  readonly name: string;
  /** The range, or the prefix that it needs. */
  readonly range: string;
  readonly parts: readonly BarPart[];
  readonly needed: number;
  readonly available?: number;
  readonly spare?: number;
  readonly furtherNodes?: number;
  /** The unit of the numbers: `addresses`, or `/24 blocks` for the pods of an overlay. */
  readonly unit: string;
}

/** The address plan. */
export interface Addresses {
  readonly bars: readonly Bar[];
  /** The text that `hardened-aks addresses` prints. */
  readonly text: string;
}

/** A hardened attribute with its value in a description. */
export interface HardenedRow {
  readonly on: string;
  readonly attribute: string;
  /** The value, in words; empty for a choice in the description. */
  readonly value: string;
  readonly why: string;
  /** The exception that is taken, with its reason. */
  readonly exception?: string;
  readonly reason?: string;
}

/** The views of a description, without its stacks. */
export interface Reviewed {
  readonly cluster: string;
  /** The access review: the same text as `access-review.html`. */
  readonly html: string;
  readonly addresses: Addresses;
  readonly hardening: readonly HardenedRow[];
  /** The requests to the teams, and their scripts. */
  readonly requests: readonly (readonly [path: string, text: string])[];
}

/** Changes that concern one team. */
export interface TeamEffects {
  readonly title: string;
  readonly entries: readonly { readonly word: string; readonly sentence: string }[];
}

/** Effects of an edit on what the compared description became. */
export interface Effects {
  readonly verdict: string;
  readonly lost: boolean;
  readonly teams: readonly TeamEffects[];
  readonly remarks: readonly string[];
  /** Lines to add to the description, with their introduction. */
  readonly remedy?: { readonly words: string; readonly yaml: string };
}

/** A file of a stack, now and before. */
export interface StackFile {
  readonly path: string;
  readonly text: string;
  /** The text that the compared description became; undefined if it has no such file. */
  readonly before?: string;
}

/** The stacks of a description. */
export interface Synthesized {
  readonly files: readonly StackFile[];
  /** Undefined if nothing is compared. */
  readonly effects?: Effects;
}

/** A proposal to complete a text. */
export interface Proposal {
  readonly label: string;
  /** The text to insert. */
  readonly insert: string;
  readonly detail: string;
  readonly info: string;
}

/** Proposals for a place in a text. */
export interface Proposals {
  /** Offset from which the text is replaced. */
  readonly from: number;
  readonly list: readonly Proposal[];
}

/** Words about a field, and the part of the text that they are about. */
export interface FieldWords {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly words: string;
}

/** A place in a text. */
export interface Place {
  readonly text: string;
  /** Offset from the start, in UTF-16 units. */
  readonly offset: number;
}

/** The requests that a worker answers. */
export interface Requests {
  readonly check: (source: Source) => Checked;
  /** Undefined if the description has errors. */
  readonly review: (edit: Edit) => Reviewed | undefined;
  /** Undefined if the description has errors. */
  readonly stacks: (edit: Edit) => Promise<Synthesized | undefined>;
  /** Returns the files of a description, and itself, in one archive; undefined if it has errors. */
  readonly zip: (source: Source) => Promise<Uint8Array | undefined>;
  readonly complete: (place: Place) => Proposals | undefined;
  readonly explain: (place: Place) => FieldWords | undefined;
  /** Returns the part of a link that carries a description. */
  readonly pack: (source: Source) => string;
  /** Returns the description of a link; undefined if it carries none. */
  readonly unpack: (fragment: string) => Source | undefined;
}

/** A request to a worker. */
export interface Request {
  readonly id: number;
  readonly name: keyof Requests;
  readonly input: unknown;
}

/** The answer of a worker: the output, or the message of an error. */
export interface Answer {
  readonly id: number;
  readonly output?: unknown;
  readonly error?: string;
}

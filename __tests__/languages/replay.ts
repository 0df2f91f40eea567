// Does in TypeScript what a program in Python asked for.
import * as cdktf from "cdktf";
import * as library from "hardened-aks";

/** One call, as the stand-in for the runtime of jsii writes it down. */
export interface Call {
  /** The class that an object is made of. */
  readonly new?: string;
  /** The class that something static belongs to. */
  readonly of?: string;
  /** The object that something belongs to. */
  readonly on?: unknown;
  readonly method?: string;
  readonly property?: string;
  readonly arguments?: unknown[];
}

interface Members {
  [name: string]: unknown;
}

const PACKAGES: { [name: string]: object } = { cdktf, "hardened-aks": library };

/** Does one call after the other. */
export function replay(calls: Call[]): void {
  const results: unknown[] = [];

  // What came out of an earlier call is there by its place.
  const filledIn = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(filledIn);
    }
    if (typeof value !== "object" || value === null) {
      return value;
    }
    if ("member" in value && "enum" in value) {
      return (classOf(value.enum as string) as Members)[value.member as string];
    }
    return "resultOf" in value
      ? results[value.resultOf as number]
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item)]));
  };

  for (const call of calls) {
    const given = (call.arguments ?? []).map(filledIn);
    if (call.new !== undefined) {
      const made = classOf(call.new) as new (...given: unknown[]) => unknown;
      results.push(new made(...given));
    } else {
      const owner = (call.of === undefined ? filledIn(call.on) : classOf(call.of)) as Members;
      const member = owner[call.method ?? call.property ?? ""];
      results.push(
        call.method === undefined
          ? member
          : (member as (...given: unknown[]) => unknown).apply(owner, given),
      );
    }
  }
}

function classOf(fqn: string): unknown {
  const [pack = "", name = ""] = fqn.split(".");
  return (PACKAGES[pack] as Members)[name];
}

// Stops at findings that are errors. Pure.
import { describeFinding } from "./check";
import { Finding } from "./finding";

/**
 * Throws if findings are errors.
 *
 * @throws with all errors, and the path of the construct that they concern
 */
export function refuseErrors(
  { node: { path } }: { readonly node: { readonly path: string } },
  findings: Finding[],
): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const place = path === "" ? "" : `[${path}] `;
    throw new Error(errors.map((finding) => `${place}${describeFinding(finding)}`).join("\n"));
  }
}

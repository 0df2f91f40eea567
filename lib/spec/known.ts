// What is known before Terraform runs. Pure.
import { Token } from "cdktf";

/** Whether a text is what it says: no token of cdktf, and no expression of Terraform. */
export function isKnown(text: string): boolean {
  return !Token.isUnresolved(text) && !text.includes("${");
}

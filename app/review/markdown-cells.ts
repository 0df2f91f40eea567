// Cells that the tables of the Markdown share. Pure.
import { ReviewedPrincipal, ReviewedScope } from "../../lib/review/reviewed-grant";
import { code, prose } from "./markdown-text";
import { kindName, principalKind, scopePlace } from "./words";

/** Returns the content of a cell with a principal. */
export function principalCell(principal: ReviewedPrincipal): string {
  return `${code(principal.name)}<br>${prose(principalKind(principal))}`;
}

/** Returns the content of a cell with a scope. */
export function scopeCell(scope: ReviewedScope): string {
  const place = scopePlace(scope);
  return `${prose(kindName(scope.kind))} ${code(scope.name)}${place ? `<br>${prose(place)}` : ""}`;
}

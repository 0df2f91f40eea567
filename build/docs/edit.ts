// An edit of a deployed description, with the plans of Terraform.

/** An edit of a description. */
export interface Edit {
  /** The edit, in words. */
  readonly title: string;
  /** The fields with their new values; `null` removes a field. */
  readonly fields: { readonly [path: string]: unknown };
  /** The plan of each stack; no entry for a stack without changes. */
  readonly plans: readonly string[];
}

/** Returns an edit. */
export const edit = (title: string, fields: Edit["fields"], plans: readonly string[]): Edit => ({
  title,
  fields,
  plans,
});

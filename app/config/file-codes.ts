// Codes of findings about the file, not about the cluster. Pure.

/** Title of each code: the rule that a finding with this code breaks. */
export const FILE_CODES: { readonly [code: string]: string } = {
  "HAKS-FILE-001": "The file must be valid YAML without duplicate keys.",
  "HAKS-FILE-002": "Fields must be known.",
  "HAKS-FILE-003": "Required fields must be set.",
  "HAKS-FILE-004": "Fields must have the right type.",
  "HAKS-FILE-005": "Choices and resource ids must be valid.",
  "HAKS-FILE-006": "Values must not contain Terraform expressions.",
  "HAKS-FILE-007": "The file must be readable.",
  "HAKS-FILE-008": "Folders, files and standard output must be accessible.",
  "HAKS-FILE-009": "The output folder must not contain foreign files.",
  "HAKS-FILE-010": "A description must not extend itself.",
  "HAKS-TF-001": "Backend settings must not contain secrets.",
  "HAKS-TF-002": "The stacks must have separate states.",
  "HAKS-TF-003": "The stack prefix must be valid in stack names.",
  "HAKS-TF-004": "The backend and its settings must be known to Terraform.",
  "HAKS-TF-005": "The descriptions of a fleet must have the same settings of Terraform.",
  "HAKS-CLI-001": "Commands and options must be known.",
  "HAKS-SYNTH-001": "Additions to the stacks must be valid.",
};

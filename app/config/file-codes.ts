// The codes of findings about the file, not about the cluster. Pure.

/** Code, and what holds if it is not reported. */
export const FILE_CODES: { readonly [code: string]: string } = {
  "HAKS-FILE-001": "The file is YAML, and no key is in it twice.",
  "HAKS-FILE-002": "Every field is one that there is.",
  "HAKS-FILE-003": "Every field that is needed is there.",
  "HAKS-FILE-004": "Every field has the type that it should have.",
  "HAKS-FILE-005": "Every choice is one that there is, and every resource id is one.",
  "HAKS-FILE-006": "No text holds an expression that Terraform would evaluate.",
  "HAKS-FILE-007": "The file can be read.",
  "HAKS-FILE-008":
    "The system lets the command use each folder, each file and the output that it needs.",
  "HAKS-FILE-009": "The output folder holds nothing that would be lost or mixed up.",
  "HAKS-TF-001": "The backend has no secret among its settings.",
  "HAKS-TF-002": "The three stacks have a state each.",
  "HAKS-TF-003": "The prefix of the stacks can be a part of their names.",
  "HAKS-TF-004": "The backend is one that Terraform has, and takes the settings that it is given.",
  "HAKS-SYNTH-001": "What is added to the stacks can be synthesized.",
};

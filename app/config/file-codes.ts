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
  "HAKS-DISC-001": "Files in the folder of the exports must be exports of az.",
  "HAKS-DISC-002": "The exports must have the cluster, and what a description needs of it.",
  "HAKS-DISC-003": "The exports must be of one cluster.",
  "HAKS-DISC-004": "The nodes of a cluster must be in an existing virtual network.",
  "HAKS-LIVE-001": "The exports must have role assignments.",
  "HAKS-LIVE-002": "The subscription of the cluster must be known.",
  "HAKS-ADOPT-001": "The exports must be of the cluster that the description is of.",
  "HAKS-ADOPT-002":
    "The description must not differ from the cluster where Terraform replaces it or a pool.",
  "HAKS-ADOPT-003":
    "The description must not differ from other resources where Terraform replaces them.",
  "HAKS-ADOPT-004": "Two diagnostic settings should not send the same logs to the same workspace.",
  "HAKS-ADOPT-005": "The exports should have everything that the stacks may find in Azure.",
  "HAKS-ADOPT-006": "The description should have all node pools of the cluster.",
  "HAKS-ADOPT-007": "The output folder must have the stacks of the description.",
  "HAKS-ADOPT-008": "Import blocks must be in root modules.",
  "HAKS-ADOPT-009": "The first apply should not take anything away from the cluster.",
  "HAKS-TF-001": "Backend settings must not contain secrets.",
  "HAKS-TF-002": "The stacks must have separate states.",
  "HAKS-TF-003": "The stack prefix must be valid in stack names.",
  "HAKS-TF-004": "The backend and its settings must be known to Terraform.",
  "HAKS-TF-005": "The descriptions of a fleet must have the same settings of Terraform.",
  "HAKS-TF-006": "The Terraform versions that are accepted must know the blocks of the stacks.",
  "HAKS-TF-008":
    "Principals must have an object id if the package of the provider azuread is not installed.",
  "HAKS-MOVE-001": "The description and the exports must be of one cluster.",
  "HAKS-MOVE-002": "The folder of a move must be of this cluster, and not edited.",
  "HAKS-MOVE-003":
    "The files beside the exports must be the output of terraform plan -json and of export.sh.",
  "HAKS-CLI-001": "Commands and options must be known.",
  "HAKS-SYNTH-001": "Additions to the stacks must be valid.",
};

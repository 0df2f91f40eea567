// The report in words: sections with sentences and tables, for Markdown and HTML. Pure.
import { parseResourceId } from "../../lib/spec/resource-id";
import { count, listed } from "../review/text";
import { kindName, teamName } from "../review/words";
import { ExcessKind } from "./excess";
import { ControlPlaneIdentity, KubeletIdentity } from "./identities";
import { DiscoverReport } from "./report";
import { NeededRight, RightStatus } from "./rights";

/** A line of a cell: a name, or words. */
export type Piece = { readonly code: string } | { readonly text: string };

/** A section of the report. */
export interface ReportPart {
  readonly id: string;
  readonly title: string;
  readonly sentences: string[];
  readonly table?: {
    readonly caption: string;
    readonly heads: string[];
    readonly rows: Piece[][][];
    /** Indexes of rows that need attention. */
    readonly marked?: readonly number[];
  };
}

const code = (value: string): Piece => ({ code: value });
const text = (value: string): Piece => ({ text: value });

/** Returns the sentences at the head of the report. */
export function summaryOf(report: DiscoverReport): string[] {
  const { controlPlane, kubelet, rights, excess, weaker, differences } = report;
  const number = (wanted: RightStatus) => rights.filter(({ status }) => status === wanted).length;
  const lacking = number("lacks");
  const unknown = number("unknown");
  return [
    `The control plane works with ${CONTROL_PLANE[controlPlane.kind]}, and the nodes with ${KUBELET[kubelet.kind]}.`,
    report.knowsRights
      ? `Of ${count(rights.length, "right")} that the cluster needs, ${lacking} ${lacking === 1 ? "is" : "are"} missing${unknown === 0 ? "" : ` and ${unknown} ${unknown === 1 ? "is" : "are"} not known`}; ${count(excess.length, "role assignment")} ${excess.length === 1 ? "is" : "are"} more than it needs.`
      : "No role assignments were exported, so the report does not say which rights the cluster has.",
    `${count(weaker.length, "setting")} ${weaker.length === 1 ? "is" : "are"} weaker than the hardened ${weaker.length === 1 ? "default" : "defaults"}, and ${count(differences.length, "fact")} ${differences.length === 1 ? "is" : "are"} not in the description as the cluster has ${differences.length === 1 ? "it" : "them"}.`,
  ];
}

/** Returns the sections. */
export function reportParts(report: DiscoverReport): ReportPart[] {
  return [
    identities(report),
    rights(report),
    excess(report),
    weaker(report),
    differences(report),
    notCarriedOver(report),
    files(report),
  ];
}

const CONTROL_PLANE: { readonly [kind in ControlPlaneIdentity["kind"]]: string } = {
  servicePrincipal: "a service principal",
  systemAssigned: "a system-assigned identity",
  userAssigned: "a user-assigned identity",
};

const KUBELET: { readonly [kind in KubeletIdentity["kind"]]: string } = {
  servicePrincipal: "the same service principal",
  madeByAks: "a kubelet identity that AKS made",
  brought: "a kubelet identity that was brought",
};

const ADVICE: { readonly [kind in ControlPlaneIdentity["kind"]]: string } = {
  servicePrincipal:
    "A service principal has a secret that expires, and its rights outlive the cluster. The cluster can move to brought identities in place; there is no way back to the service principal, and nodes keep it until they get a new image. AKS gave it Contributor on the node resource group, which stays until it is deleted.",
  systemAssigned:
    "A system-assigned identity is deleted with the cluster, its rights can be granted only after the cluster exists, and it cannot be used with an existing private DNS zone. The cluster can move to a user-assigned identity in place.",
  userAssigned: "The identity outlives the cluster.",
};

const KUBELET_ADVICE: { readonly [kind in KubeletIdentity["kind"]]: string } = {
  servicePrincipal: "",
  madeByAks:
    "The kubelet identity is deleted with the cluster. az aks update --assign-kubelet-identity sets a brought one in place, and gives all nodes a new image; Terraform would replace the cluster.",
  brought: "",
};

function identities({ controlPlane, kubelet }: DiscoverReport): ReportPart {
  const secret =
    controlPlane.kind !== "servicePrincipal"
      ? []
      : [
          controlPlane.secretEnds === undefined
            ? "The exports do not say when its secret expires: az ad app show does."
            : `The last secret or certificate of the service principal expires on ${controlPlane.secretEnds}.`,
        ];
  const row = (use: string, kind: string, one: ControlPlaneIdentity | KubeletIdentity) => [
    [text(use)],
    [text(kind)],
    [code(one.name)],
    [one.principalId === undefined ? text("not in the exports") : code(one.principalId)],
  ];
  return {
    id: "identities",
    title: "Identities",
    sentences: [...secret, ADVICE[controlPlane.kind], KUBELET_ADVICE[kubelet.kind]].filter(Boolean),
    table: {
      caption: "Identities that the cluster works with today",
      heads: ["Used by", "Kind", "Name", "Object id"],
      rows: [
        row("control plane", CONTROL_PLANE[controlPlane.kind], controlPlane),
        row("nodes", KUBELET[kubelet.kind], kubelet),
      ],
    },
  };
}

const STATUS: { readonly [status in RightStatus]: string } = {
  has: "has it",
  lacks: "has no role assignment for it",
  unknown: "not known",
  new: "comes with the new identity",
};

function rights({ rights: all, id }: DiscoverReport): ReportPart {
  return {
    id: "rights",
    title: "Rights that the cluster needs",
    sentences: [
      "The rows are those of the grant plan of the description. The principals are those that the cluster works with today; brought identities get the same rights from the stacks of the teams. Resources without a subscription are in that of the cluster.",
      ...(all.some(({ status }) => status === "unknown")
        ? [
            "A right is not known if the exports do not show it; the command in its row does. The script of the identity team (discover --commands identity) exports all role assignments of a subscription: with its files, the report also knows which rights are missing.",
          ]
        : []),
      "Rights through groups are not counted.",
    ],
    table: {
      caption: "Each right, and whether the principal of today has it",
      heads: ["Who", "Role", "On what", "Today", "Why"],
      rows: all.map((right) => [
        [code(right.principal)],
        [code(right.role), text(`by the ${teamName(right.team)}`)],
        [text(kindName(right.scopeKind)), ...place(right.scope, id)],
        today(right, id),
        [text(right.why)],
      ]),
    },
  };
}

/** Returns a scope in short: its names and its resource group, and its subscription unless it is that of the cluster. */
function place(scope: string, cluster: string): Piece[] {
  const [, own = ""] = cluster.split("/subscriptions/");
  const [, subscription = "", group] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(scope) ?? [];
  const isOwn = own.toLowerCase().startsWith(`${subscription.toLowerCase()}/`);
  const other = isOwn ? "" : `, subscription ${subscription}`;
  const parts = parseResourceId(scope);
  if (parts) {
    const { parents, name, resourceGroup } = parts;
    return [code([...parents, name].join("/")), text(`in ${resourceGroup}${other}`)];
  }
  return group === undefined
    ? [text(subscription === "" ? "scope" : "subscription"), code(subscription || scope)]
    : [code(group), text(`resource group${other}`)];
}

function today({ status, by, scope, command }: NeededRight, cluster: string): Piece[] {
  return [
    text(STATUS[status]),
    ...by.flatMap((one) => [
      code(one.role),
      ...(one.scope.toLowerCase() === scope.toLowerCase()
        ? []
        : [text("on"), ...place(one.scope, cluster)]),
    ]),
    ...(command === undefined ? [] : [code(command)]),
  ];
}

const EXCESS: { readonly [kind in ExcessKind]: string } = {
  unresolved: "not resolved",
  leftover: "left over",
  wideScope: "wide scope",
  wideRole: "wide role",
  notNeeded: "not needed",
  person: "a person",
};

function excess({ excess: all, knowsRights, id }: DiscoverReport): ReportPart {
  return {
    id: "excess",
    title: "Rights that are more than needed",
    sentences: knowsRights
      ? [
          "Delete them only after the cluster works with its brought identities, and after a day: tokens of the old ones are valid for hours.",
        ]
      : ["No role assignments were exported."],
    table: {
      caption: "Role assignments that no feature needs as they are",
      heads: ["Kind", "Who", "Role", "On what", "Why"],
      rows: all.map((one) => [
        [text(EXCESS[one.kind])],
        [code(one.principal)],
        [code(one.role)],
        place(one.scope, id),
        [text(one.why), ...(one.command === undefined ? [] : [code(one.command)])],
      ]),
    },
  };
}

function weaker({ weaker: all }: DiscoverReport): ReportPart {
  return {
    id: "weaker",
    title: "Settings that are weaker than the hardened defaults",
    sentences: [
      "An exception in the description keeps a setting as it is; replace its reason by the real one, or remove it. The description always hardens settings without an exception.",
    ],
    table: {
      caption: "Each setting, with the hardened value",
      heads: ["Setting", "Found", "Hardened", "Exception", "Purpose"],
      rows: all.map(({ setting, pools = [], found, hardened, exception, why }) => [
        [code(setting), ...(pools.length > 0 ? [text(`in ${listed(pools)}`)] : [])],
        [why === "" ? text(found) : code(found)],
        [why === "" ? text(hardened) : code(hardened)],
        [exception === undefined ? text("none: it is hardened") : code(exception)],
        [text(why)],
      ]),
    },
  };
}

function differences({ differences: all }: DiscoverReport): ReportPart {
  return {
    id: "differences",
    title: "Facts that the description cannot express",
    sentences: ["Decide about each of them before the first deployment."],
    table: {
      caption: "Fields that the description has in another way, or not at all",
      heads: ["Field", "What to know"],
      rows: all.map(({ field, message }) => [[code(field)], [text(message)]]),
    },
  };
}

function notCarriedOver({ notCarriedOver: all }: DiscoverReport): ReportPart {
  return {
    id: "not-carried-over",
    title: "Fields that are not carried over",
    sentences: [
      "The description has no field for them. Terraform leaves most of them as they are.",
    ],
    table: {
      caption: "Fields of the exports with a value",
      heads: ["Field", "Value"],
      rows: all.map(({ field, message }) => [[code(field)], [code(message.replace(/\.$/, ""))]]),
    },
  };
}

function files({ files: all }: DiscoverReport): ReportPart {
  return {
    id: "exports",
    title: "Exports",
    sentences: [
      "The report knows only these files. It does not see members of groups, eligible assignments of Privileged Identity Management, role assignments in subscriptions that were not exported, or Kubernetes itself.",
    ],
    table: {
      caption: "Files that were read",
      heads: ["File", "Content"],
      rows: all.map(({ file, kind }) => [[code(file)], [text(CONTENT[kind] ?? kind)]]),
    },
  };
}

const CONTENT: { readonly [kind: string]: string } = {
  cluster: "the cluster",
  pools: "node pools",
  assignments: "role assignments",
  roles: "role definitions",
  identities: "managed identities",
  network: "virtual network",
  subnets: "subnets",
  registries: "container registries",
  diagnostics: "diagnostic settings",
  maintenance: "maintenance configurations",
  workspaces: "Log Analytics workspaces",
  monitorWorkspaces: "Azure Monitor workspaces",
  applications: "application of Entra ID",
};

// Renders an adoption as text, Markdown and data: the imports, and what the first plan does. Pure.
import { teamOfStack } from "../changes/sentences";
import { ControlPlaneIdentity, KubeletIdentity } from "../discover/identities";
import { hidden } from "../discover/passwords";
import { MADE_CANNOT_PULL } from "../move/steps";
import { code, prose, table } from "../review/markdown-text";
import { count, distinct, groupBy, plain } from "../review/text";
import { Adoption, AttributeEffect, EFFECT_ORDER } from "./adoption";
import { Leftovers } from "./leftovers";
import { shown } from "./shown";

/** An adoption, with what it leaves over and where its files are. */
export interface AdoptReport {
  readonly cluster: string;
  readonly adoption: Adoption;
  readonly identities: {
    readonly controlPlane: ControlPlaneIdentity;
    readonly kubelet: KubeletIdentity;
  };
  readonly leftovers: Leftovers;
  /** Paths of the files; none if the adoption is refused. */
  readonly files: readonly string[];
}

const WORDS: { readonly [effect in AttributeEffect["effect"]]: string } = {
  replaces: "REPLACE",
  rotates: "rotate nodes",
  inPlace: "change in place",
  ignored: "unchanged",
};

/** Returns the report as lines of text. */
export function adoptText(report: AdoptReport): string[] {
  const { adoption, files } = report;
  const width = Math.max(0, ...adoption.effects.map(({ effect }) => WORDS[effect].length)) + 2;
  return [
    ...[...groupBy(adoption.effects, ({ address }) => address)].flatMap(([address, effects]) => [
      plain(address),
      ...effects.map((one) => `  ${WORDS[one.effect].padEnd(width)}${changeWords(one)}`),
    ]),
    ...remarksOn(report),
    summaryOf(report),
    ...(files.length === 0 ? [] : ["Written:", ...files.map((file) => `  ${plain(file)}`)]),
  ];
}

/** Returns the report as Markdown, for a ticket or a pull request. */
export function adoptMarkdown(report: AdoptReport): string {
  const { cluster, adoption, files } = report;
  const rows = adoption.effects.map(({ effect, address, attribute, before, after }) => [
    prose(WORDS[effect]),
    code(address),
    code(attribute),
    code(shown(before)),
    code(shown(after)),
  ]);
  const imports = adoption.imports.map(({ stack, to, id }) => [prose(stack), code(to), code(id)]);
  return `${[
    `## Adoption of the cluster ${code(cluster)}`,
    prose(summaryOf(report)),
    ...(rows.length === 0
      ? []
      : [table(["First plan", "Resource", "Attribute", "In Azure", "In the description"], rows)]),
    ...remarksOn(report).map(prose),
    ...(imports.length === 0 ? [] : ["### Imports", table(["Stack", "Address", "Id"], imports)]),
    ...(files.length === 0 ? [] : ["### Files", files.map((file) => `- ${code(file)}`).join("\n")]),
  ].join("\n\n")}\n`;
}

/** Returns the report as data with stable keys. */
export function adoptData({ cluster, adoption, identities, leftovers, files }: AdoptReport) {
  const { imports, created, effects, unknown, otherPools } = adoption;
  const { controlPlane, kubelet } = identities;
  return {
    cluster,
    identities: { controlPlane: controlPlane.kind, kubelet: kubelet.kind },
    imports,
    created,
    changes: effects.map(({ stack, address, effect, attribute, before, after }) => ({
      change: effect,
      team: teamOfStack(stack),
      stack,
      address,
      attribute,
      before: before === undefined ? undefined : shownValue(before),
      after: after === undefined ? undefined : shownValue(after),
    })),
    unknown,
    otherPools,
    leftovers,
    files,
  };
}

/** Returns a value as data, unless only Terraform knows it. */
function shownValue(value: unknown): unknown {
  return typeof value === "string" ? (value.includes("\u27e8") ? null : hidden(value)) : value;
}

function changeWords({ attribute, before, after, effect }: AttributeEffect): string {
  const change = `${attribute}: ${shown(before)} → ${shown(after)}`;
  return effect === "ignored"
    ? `${change}; Terraform never changes it, az does (aks update --assign-kubelet-identity).`
    : change;
}

/** Returns sentences about the adoption as a whole. */
function remarksOn({
  adoption,
  identities: { controlPlane, kubelet },
  leftovers,
}: AdoptReport): string[] {
  const isPrincipal = controlPlane.kind === "servicePrincipal";
  const { assignments, application } = leftovers;
  const left = [
    ...(assignments.length === 0 ? [] : [count(assignments.length, "role assignment")]),
    ...(application === undefined ? [] : ["the service principal"]),
  ];
  const rotated = distinct(
    adoption.effects.filter(({ effect }) => effect === "rotates").map(({ address }) => address),
  );
  return [
    ...(isPrincipal
      ? [
          `The cluster works with a service principal. The first apply replaces it with the control plane identity, in place; nodes keep the service principal until they get a new image. ${MADE_CANNOT_PULL} hardened-aks move has this step.`,
          ...(rotated.length === 0
            ? []
            : [
                "The same apply rotates nodes, before that identity can pull. Move the cluster with hardened-aks move first, and apply then.",
              ]),
        ]
      : controlPlane.kind === "systemAssigned"
        ? [
            "The cluster works with a system-assigned identity. The first apply replaces it with the control plane identity, in place; Azure uses the old one until its token expires.",
          ]
        : []),
    ...(kubelet.kind === "brought"
      ? []
      : [
          "The kubelet identity stays as it is, since the stack ignores changes to it. Assign the brought one with az afterwards.",
        ]),
    ...(rotated.length === 0
      ? []
      : [
          `Terraform moves ${count(rotated.length, "pool")} to a temporary pool and back, without draining nodes. Use a maintenance window.`,
        ]),
    ...(left.length === 0
      ? []
      : [
          `Afterwards, the cluster no longer needs ${left.join(" and ")}: adopt-cleanup-<team>.sh shows what it would delete, and deletes it with --yes.`,
        ]),
  ];
}

function summaryOf({ adoption: { imports, created, effects } }: AdoptReport): string {
  const counts = EFFECT_ORDER.flatMap((effect) => {
    const number = effects.filter((one) => one.effect === effect).length;
    const [one = "", more = ""] = VERBS[effect];
    return number === 0 || one === ""
      ? []
      : [`${count(number, "attribute")} ${number === 1 ? one : more}`];
  });
  const imported = `Terraform imports ${count(imports.length, "resource")} and creates ${created.length}`;
  return `${[imported, ...counts].join("; ")}.`;
}

const VERBS: { readonly [effect in AttributeEffect["effect"]]: readonly string[] } = {
  replaces: ["replaces a resource", "replace resources"],
  rotates: ["rotates nodes", "rotate nodes"],
  inPlace: ["changes in place", "change in place"],
  ignored: [],
};

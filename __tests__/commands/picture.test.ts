// The picture of an access review: readable where its SVG is measured, and complete.
import { accessGraph } from "../../app/review/graph";
import { renderHtml } from "../../app/review/html";
import { renderMarkdown } from "../../app/review/markdown";
import { ActingWay } from "../../lib";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { once, planOf, specOf } from "../scenarios";
import { Picture, Rectangle, measure } from "../app/picture.measure";
import {
  CONTROL_PLANE,
  HOSTILE_NAMES,
  KUBELET,
  NETWORK_CONTRIBUTOR,
  OPERATOR,
  SUBNET_JOIN,
  deployer,
  grant,
  hostile,
  identityScope,
  lab,
  large,
  middle,
  reviewOf,
  subnet,
} from "../app/review.fixtures";

const EXAMPLES = ["lab", "enterprise", "every-feature", "landing-zone"];
const reviewOfExample = (name: string) => planOf(specOf(name)).review();

const ALL: [string, () => AccessReviewDocument][] = [
  ...EXAMPLES.map((name): [string, () => AccessReviewDocument] => [
    name,
    () => reviewOfExample(name),
  ]),
  ["some twenty grants", middle],
  ["60 irregular grants", () => large(false, 60)],
  ["400 grants", () => large()],
  ["400 irregular grants", () => large(false)],
  [
    "identities that can act as each other",
    () =>
      reviewOf([
        grant(deployer("people"), OPERATOR, identityScope(CONTROL_PLANE)),
        grant(CONTROL_PLANE, OPERATOR, identityScope(KUBELET)),
        grant(KUBELET, OPERATOR, identityScope(CONTROL_PLANE)),
        grant(KUBELET, NETWORK_CONTRIBUTOR, subnet("a")),
      ]),
  ],
  ["a long name", () => hostile("a-long-name-without-any-space".repeat(4))],
  ["an odd name", () => hostile(HOSTILE_NAMES[0]!)],
];

describe.each(ALL)("the picture of %s", (_, review) => {
  const picture = once(() => measure(renderHtml(review())));

  test("has texts of at least 12 pixels, without scrolling at 1400 pixels", () => {
    // The page has a margin of 1.5rem, and the picture a border.
    expect(picture().width).toBeLessThanOrEqual(1400 - 48 - 2);
    const sizes = picture().boxes.flatMap(({ texts }) => texts.map(({ size }) => size));
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.min(...sizes) * picture().scale).toBeGreaterThanOrEqual(12);
  });

  test("has each text inside of its box, whole", () => {
    const outside = picture().boxes.flatMap((box) => box.texts.filter((text) => !isIn(text, box)));
    expect(outside).toEqual([]);
    expect(picture().boxes.filter(({ texts }) => texts.length < 2)).toEqual([]);
  });

  test("has no texts on arrows, and no texts of a box on each other", () => {
    expect(picture().labels).toEqual([]);
    for (const { texts } of picture().boxes) {
      expect(pairs(texts).filter(([one, other]) => overlap(one, other))).toEqual([]);
    }
  });

  test("has no boxes on each other", () => {
    expect(pairs(picture().boxes).filter(([one, other]) => overlap(one, other))).toEqual([]);
  });

  test("has no arrow through a box that it does not connect", () => {
    expect(crossings(picture())).toEqual([]);
    expect(picture().arrows.length).toBeGreaterThan(3);
  });

  test("has arrows from box to box", () => {
    const { boxes, arrows } = picture();
    const byId = new Map(boxes.map((box) => [box.id, box]));
    for (const { ends, points } of arrows) {
      const [from, to] = ends.map((end) => byId.get(end)!);
      expect(isAtSide(points[0]!, from!)).toBe(true);
      expect(isAtSide(points.at(-1)!, to!)).toBe(true);
    }
  });

  test("has one box for a role, and for a role on identities one for each; and all grants", () => {
    const { nodes, edges } = accessGraph(review());
    const roles = nodes.filter(({ layer }) => layer === "role").map(({ name }) => name);
    const names = review().grants.map(({ role, scope }) => {
      const short = role.custom ? role.name.replace(/ \([^()]*\)$/, "") : role.name;
      return JSON.stringify([short, /^(controlPlane|kubelet)$/.test(scope.kind) && scope.name]);
    });
    expect(roles).toHaveLength(new Set(names).size);
    const ends = edges.filter(({ owned }) => !owned);
    for (const side of [
      ends.filter(({ to }) => to.startsWith("r")),
      ends.filter(({ from }) => from.startsWith("r")),
    ]) {
      expect(side.flatMap(({ keys }) => keys).sort()).toEqual(
        review()
          .grants.map(({ address }) => address)
          .sort(),
      );
    }
    expect(edges.length).toBeLessThanOrEqual(150);
  });
});

describe("the measure", () => {
  const page = once(() => renderHtml(lab()));

  test.each([
    ["a text beside its box", /(<text class="name" x=")[\d.]+/, "$11"],
    ["a long text", /(<text class="name"[^>]*>)/, "$1a text that is much longer than its box"],
  ])("sees %s", (_, part, other) => {
    const { boxes } = measure(page().replace(part, other));
    expect(boxes.flatMap((box) => box.texts.filter((text) => !isIn(text, box)))).toHaveLength(1);
  });

  test("sees an arrow through a box, boxes on each other, and a label", () => {
    const picture = measure(page());
    const [box] = picture.boxes as [Picture["boxes"][0]];
    const middleOfBox: [number, number] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    expect(
      crossings({ ...picture, arrows: [{ name: "none", ends: [], points: [middleOfBox] }] }),
    ).toHaveLength(1);
    expect(overlap(box, { ...box, left: box.left + 5 })).toBe(true);
    const labelled = page().replace("</svg>", '<text class="name" x="1" y="1">label</text></svg>');
    expect(measure(labelled).labels).toEqual(["label"]);
  });
});

describe("the picture of who can act as whom", () => {
  test.each([
    ["lab", "Contributor on hardenedaks", ["haks-cp-mi", "haks-kubelet-mi"]],
    ["enterprise", "aks-admins", ["haks-prod-kubelet-mi", "workloads"]],
    ["every-feature", "break-glass", ["shared-kubelet-mi", "workloads"]],
    ["landing-zone", "aks-admins", ["haks-lz-kubelet-mi", "workloads"]],
  ])("of %s leads from %s to %j without a role", (example, principal, identities) => {
    const { nodes, edges } = accessGraph(reviewOfExample(example));
    const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name;
    const owned = edges.filter(({ from, owned: isOwned }) => isOwned && nameOf(from) === principal);
    expect(owned.map(({ to }) => nameOf(to)).sort()).toEqual(identities);
  });

  test.each(EXAMPLES)(
    "of %s leads from the control plane over a role to the kubelet",
    (example) => {
      const review = reviewOfExample(example);
      const steps = (review.actingSteps ?? []).filter(({ by }) => by === ActingWay.ROLE);
      const { nodes, edges } = accessGraph(review);
      const idOf = (name: string) => nodes.find((node) => node.name === name)?.id;
      const own = steps.filter(({ principal }) => idOf(principal));
      expect(own.map(({ principal, identity }) => [principal, identity])).toContainEqual([
        review.grants.find(({ principal: { kind } }) => kind === CONTROL_PLANE.kind)?.principal
          .name,
        review.grants.find(({ scope: { kind } }) => kind === KUBELET.kind)?.scope.name,
      ]);
      for (const { principal, identity } of own) {
        const roles = edges.filter(({ from }) => from === idOf(principal)).map(({ to }) => to);
        const reached = edges.filter(({ from }) => roles.includes(from)).map(({ to }) => to);
        expect(reached).toContain(idOf(identity));
      }
    },
  );

  test("says in text, too, what it shows, and explains arrows without a role", () => {
    const review = reviewOfExample("lab");
    const dotted =
      "Dotted arrows lead to identities that a principal can act as without a role on them.";
    expect(renderMarkdown(review)).toContain(dotted);
    expect(renderMarkdown({ ...review, actingSteps: [] })).not.toContain(dotted);
    expect(measure(renderHtml(review)).arrows.map(({ name }) => name)).toContain("owned");
  });
});

describe("a box of a role", () => {
  const people = deployer("people");

  test("has a row for each set of holders, so that no holder seems to have it elsewhere", () => {
    const { nodes, edges } = accessGraph(
      reviewOf([
        grant(CONTROL_PLANE, SUBNET_JOIN, subnet("a")),
        grant(people, SUBNET_JOIN, subnet("a")),
        grant(people, SUBNET_JOIN, subnet("b")),
        grant(people, OPERATOR, identityScope(KUBELET)),
      ]),
    );
    const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name;
    const role = nodes.find(({ name }) => name === "AKS Subnet Join")!;
    expect(role.details).toEqual(["read or join", "read or join"]);
    const ends = edges
      .filter(({ from, to }) => [from, to].includes(role.id))
      .map(({ from, to, row }) => [row, nameOf(from), nameOf(to)]);
    expect(ends.sort()).toEqual([
      [0, "AKS Subnet Join", "a"],
      [0, "haks-cp-mi", "AKS Subnet Join"],
      [0, "people", "AKS Subnet Join"],
      [1, "AKS Subnet Join", "b"],
      [1, "people", "AKS Subnet Join"],
    ]);
  });

  test("is the end of paths to the network where its grants are", () => {
    const { edges } = accessGraph(
      reviewOf([
        grant(CONTROL_PLANE, NETWORK_CONTRIBUTOR, subnet("a")),
        grant(people, OPERATOR, identityScope(CONTROL_PLANE)),
        grant(people, SUBNET_JOIN, subnet("b")),
      ]),
    );
    expect(edges.map(({ path }) => path).sort()).toEqual([
      ...["join", "join"],
      ...["more", "more", "more", "more"],
    ]);
  });

  const rows = (previous: AccessReviewDocument, review: AccessReviewDocument) =>
    measure(renderHtml(review, previous))
      .boxes.filter(({ layer }) => layer === "role")
      .map(({ texts }) => texts.map(({ text }) => text).join(" "));

  test("says whether it is new, changed, wider or narrower", () => {
    const narrow = reviewOf([grant(people, SUBNET_JOIN, subnet("a"))]);
    const wide = reviewOf([grant(people, NETWORK_CONTRIBUTOR, subnet("a"))]);
    const bound = {
      ...wide,
      grants: wide.grants.map((one): ReviewedGrant => ({
        ...one,
        condition: "@Resource[x] exists",
      })),
    };
    expect(rows(narrow, narrow)).toEqual(["AKS Subnet Join read or join"]);
    expect(rows(narrow, wide)).toEqual(["Network Contributor network change changed, wider"]);
    expect(rows(wide, narrow)).toEqual(["AKS Subnet Join read or join changed, narrower"]);
    expect(rows(wide, bound)).toEqual([
      "Network Contributor network change, with a condition changed, narrower",
    ]);
    expect(rows(reviewOf([]), narrow)).toEqual(["AKS Subnet Join read or join added"]);
    expect(renderMarkdown(wide, narrow)).toContain("network change<br/>changed#44; wider");
  });
});

test("no box has the id of a subscription", () => {
  for (const { boxes } of EXAMPLES.map((name) => measure(renderHtml(reviewOfExample(name))))) {
    expect(boxes.flatMap(({ texts }) => texts.map(({ text }) => text)).join()).not.toMatch(
      /[0-9a-f]{8}-/,
    );
  }
});

function crossings({ boxes, arrows }: Picture): string[] {
  return arrows.flatMap(({ ends, points }) =>
    boxes
      .filter(({ id }) => !ends.includes(id))
      .filter((box) =>
        points.some(([x, y]) => overlap(box, { left: x, right: x, top: y, bottom: y })),
      )
      .map(({ id }) => `${ends.join(" → ")} through ${id}`),
  );
}

function pairs<T>(all: T[]): [T, T][] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other): [T, T] => [one, other]));
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isIn(inner: Rectangle, outer: Rectangle): boolean {
  const { left, right, top, bottom } = outer;
  return inner.left > left && inner.right < right && inner.top > top && inner.bottom < bottom;
}

function isAtSide([x, y]: [number, number], { left, right, top, bottom }: Rectangle): boolean {
  return Math.min(Math.abs(x - left), Math.abs(x - right)) < 1 && y > top && y < bottom;
}

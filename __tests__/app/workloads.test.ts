// Workloads in the pages of the access review.
import { loadConfiguration } from "../../app/config/load";
import { renderHtml } from "../../app/review/html";
import { renderMarkdown } from "../../app/review/markdown";
import { compareLive } from "../../app/live/read-live";
import { AccessReviewDocument } from "../../lib";
import { SMALL, inScratch, once, planOf } from "../scenarios";
import { assigned, written } from "./live-review.fixtures";
import { HOSTILE_NAMES } from "./review.fixtures";

const review = once(() => loadConfiguration("__tests__/workloads.yaml").plan.review());

const PAGES = [
  ["Markdown", renderMarkdown],
  ["HTML", renderHtml],
] as const;

describe.each(PAGES)("the page in %s", (_, render) => {
  test("lists workloads with identity, accounts and issuers", () => {
    const page = render(review());
    for (const text of ["Workloads", "haks-shop-mi", "web/shop", "mail/mail"]) {
      expect(page).toContain(text);
    }
    expect(page).toContain("cluster: a variable of the stack");
    expect(page).toContain("administrators of Kubernetes, and principals with a role");
  });

  test("has no such list without workloads", () => {
    expect(render(planOf(SMALL).review())).not.toContain("Workloads");
  });

  test("tells apart the runners of the stacks of a team", () => {
    const page = render(review());
    for (const script of ["identity-runner.sh", "workloads-runner.sh"]) {
      expect(page).toContain(`${script} grants them`);
    }
  });
});

test("a comparison with Azure knows the identities of workloads", () => {
  const { plan } = loadConfiguration("__tests__/workloads.yaml");
  const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";
  const principalId = "88888888-8888-4888-8888-888888888881";
  const id = `${group}/hardenedaks/providers/Microsoft.ManagedIdentity/userAssignedIdentities/haks-shop-mi`;
  const secrets = {
    name: "Key Vault Secrets User",
    guid: "4633458b-17de-408a-b874-0445c86b69e6",
  };
  const vault = `${group}/shop-rg/providers/Microsoft.KeyVault/vaults/shop-kv`;
  const files = {
    assignments: [assigned(principalId, secrets, vault)],
    identities: [{ id, principalId, clientId: principalId, name: "haks-shop-mi" }],
  };
  const { rows } = inScratch((folder) => compareLive(plan, [written(files, folder)]));
  const statusOf = (scope: string) =>
    rows.filter(({ planned }) => planned?.scope.includes(scope)).map(({ status }) => status);
  expect(statusOf("shop-kv")).toEqual(["asPlanned"]);
  expect(statusOf("shopdata")).toEqual(["missing"]);
  // No export has this identity.
  expect(statusOf("mail-kv")).toEqual(["unknown"]);
});

test.each(HOSTILE_NAMES)("no name of a workload becomes a part of a page: %j", (name) => {
  const hostile: AccessReviewDocument = {
    ...review(),
    workloads: [
      {
        name,
        identity: name,
        resourceGroup: name,
        creates: true,
        subjects: [name, `a:b:${name}`],
        sharesIdentityOf: name,
        credentials: [{ name, address: name, issuer: name, issuerUrl: name, subject: name }],
      },
    ],
  };
  const page = renderHtml(hostile);
  expect(page).not.toContain("<script>alert(1)</script>");
  expect(page).not.toContain('"onmouseover="');
  const table = renderMarkdown(hostile).split("### Workloads")[1]!.split("### Paths")[0]!;
  expect(table.trim().split("\n")).toHaveLength(5);
  expect(table).not.toContain("# heading\n");
});

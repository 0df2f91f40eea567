// Ids and GUIDs of a description in one spelling, whatever the letters that they are written in.
import {
  ClusterPlan,
  ClusterSpec,
  DiskEncryption,
  PrivateDns,
  Principal,
  ResourceReference,
  Role,
} from "../../lib";
import { RESOURCE_TYPES } from "../../lib/access/resource-types";
import { canonicalId } from "../../lib/spec/resource-id";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import { SMALL, idOf } from "../scenarios";

const SUBSCRIPTION = "abcdef22-2222-4222-8222-2222222222ab";
const OBJECT = "abcdef55-5555-4555-8555-5555555555ab";
const IDENTITY = idOf("Microsoft.ManagedIdentity/userAssignedIdentities", "cp");
const written = (id: string) => id.replace("/resourceGroups/", "/resourcegroups/");

test.each(
  Object.values(RESOURCE_TYPES)
    .map(({ type }) => type)
    .filter((type) => type !== "Microsoft.Resources/resourceGroups"),
)("an id of a %s is in the spelling of azurerm", (type) => {
  const [namespace = "", ...types] = type.split("/");
  const path = (spelled: (text: string) => string) =>
    [namespace, ...types].map((part, index) => spelled(part) + (index === 0 ? "" : "/Name"));
  const prefix = (subscription: string, groups: string) =>
    `/${groups === "resourceGroups" ? "subscriptions" : "SUBSCRIPTIONS"}/${subscription}/${groups}/Group-RG/providers/`;
  const right = prefix(SUBSCRIPTION, "resourceGroups") + path((text) => text).join("/");
  for (const spelled of [
    (text: string) => text.toLowerCase(),
    (text: string) => text.toUpperCase(),
  ]) {
    const id = prefix(SUBSCRIPTION.toUpperCase(), "resourcegroups") + path(spelled).join("/");
    expect(canonicalId(id)).toBe(right);
  }
  expect(canonicalId(right)).toBe(right);
});

test.each(["", "nothing", "/subscriptions/x/resourceGroups/rg", "${azurerm_x.y.id}"])(
  "a text that is no id stays: %s",
  (text) => {
    expect(canonicalId(text)).toBe(text);
  },
);

test("references, identities and principals are normalized", () => {
  const byName = ResourceReference.byName({
    name: "Name",
    resourceGroup: "RG",
    subscriptionId: SUBSCRIPTION.toUpperCase(),
  });
  expect(byName).toMatchObject({
    name: "Name",
    resourceGroup: "RG",
    subscriptionId: SUBSCRIPTION,
  });
  const makers = [
    (objectId?: string) => Principal.group("one", objectId),
    (objectId?: string) => Principal.servicePrincipal("one", objectId),
  ];
  for (const make of makers) {
    expect(make(OBJECT.toUpperCase()).objectId).toBe(OBJECT);
    expect(make("mine").objectId).toBe("mine");
    expect(make().objectId).toBeUndefined();
  }
  const ids = {
    id: written(IDENTITY).toLowerCase(),
    principalId: OBJECT.toUpperCase(),
    clientId: OBJECT.toUpperCase(),
  };
  const spec = resolveSpec({
    ...SMALL,
    identities: { ...SMALL.identities, controlPlane: { name: "cp", existing: true, ids } },
  });
  expect(spec.identities.controlPlane.ids).toEqual({
    id: canonicalId(IDENTITY.toLowerCase()),
    principalId: OBJECT,
    clientId: OBJECT,
  });
  expect(spec.identities.controlPlane.ids?.id).toContain("/resourceGroups/");
});

test("the GUID of a built-in role is in the letters of Azure, since az compares them", () => {
  expect(Role.builtIn("Mine", OBJECT.toUpperCase()).guid).toBe(OBJECT);
  expect(Role.builtIn("Mine", "no GUID, X").guid).toBe("no GUID, X");
});

test("two descriptions that differ in letters of ids alone have the same plan and review", () => {
  const described = (spelled: (text: string) => string): ClusterSpec => ({
    ...SMALL,
    privateDns: PrivateDns.existingZone(
      ResourceReference.byId(
        spelled(idOf("Microsoft.Network/privateDnsZones", "privatelink.westeurope.azmk8s.io")),
      ),
    ),
    diskEncryption: DiskEncryption.customerManaged(
      ResourceReference.byId(spelled(idOf("Microsoft.Compute/diskEncryptionSets", "des"))),
    ),
    access: {
      deployers: [Principal.group("platform", spelled === written ? OBJECT : OBJECT.toUpperCase())],
    },
  });
  const [first, second] = [written, (id: string) => id].map((spelled) =>
    new ClusterPlan(described(spelled)).review(),
  );
  expect(second).toEqual(first);
});

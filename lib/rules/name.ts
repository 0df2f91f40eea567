// HAKS-NAME: names, ids and tags that Azure accepts, and no two of a kind alike. Pure.
import { hasToken, isKnown } from "../spec/known";
import { NAME_RULES, isSameName } from "../spec/naming";
import { Principal } from "../spec/principal";
import { nodeResourceGroupOf, placedIdentities } from "../spec/resolved-spec";
import { isRegion, nearestRegion } from "../spec/regions";
import { isGuid, parseResourceId } from "../spec/resource-id";
import { isWideType } from "./own/grant";
import { listedNames, namesOf } from "./placed-names";
import { principals } from "./placed-principals";
import { Rule, forEachDuplicate } from "./rule";
import {
  TAG_LENGTH,
  TAG_NAME,
  invalidGuid,
  invalidName,
  invalidResourceId,
  invalidTag,
} from "./texts";

const NAMES =
  "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";
const ENTRA = "https://learn.microsoft.com/azure/aks/entra-id-authorization";
const IDENTITY_TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** Longest name of the resource group of the nodes. */
const NODE_RESOURCE_GROUP_LENGTH = 80;

/** Longest display name of a principal. */
const PRINCIPAL_LENGTH = 256;

/** Most tags of a resource of AKS. */
const MOST_TAGS = 50;

/** The rules about names. */
export const NAMING_RULES: Rule[] = [
  {
    code: "HAKS-NAME-001",
    title: "Names must be valid in Azure.",
    source: NAMES,
    check: (context, report) => {
      for (const { path, value, rule } of namesOf(context)) {
        if (!hasToken(value) && !rule.pattern.test(value)) {
          report(path, ...invalidName(value, rule));
        }
      }
    },
  },
  {
    code: "HAKS-NAME-002",
    title: "Node pools, registries, deployers and the resources in a list must be unique.",
    check: ({ spec }, report) =>
      forEachDuplicate(
        listedNames(spec),
        ({ list, value }) => `${list} ${value}`,
        ({ path, kind, value }, _, earlier) =>
          report(
            path,
            `Duplicate ${kind} "${value}".`,
            "Remove it, or give it another name.",
            earlier.path,
          ),
      ),
  },
  {
    code: "HAKS-NAME-003",
    title: "Object, client, tenant and subscription ids must be GUIDs.",
    check: ({ spec, references }, report) => {
      const expectGuid = (path: string, value: string | undefined): void => {
        if (value !== undefined && !hasToken(value) && !isGuid(value)) {
          report(path, ...invalidGuid(value, path.split(".").pop()));
        }
      };
      expectGuid("tenantId", spec.tenantId);
      expectGuid("identities.subscriptionId", spec.identities.subscriptionId);
      expectGuid("flux.clientId", spec.flux?.clientId);
      const { subscriptionId } = spec;
      if (subscriptionId !== undefined && isKnown(subscriptionId) && !isGuid(subscriptionId)) {
        report("subscriptionId", ...invalidGuid(subscriptionId, "subscriptionId"));
      }
      for (const { path, identity } of placedIdentities(spec)) {
        const { ids, subscriptionId: own } = identity;
        if (own !== spec.identities.subscriptionId) {
          expectGuid(`${path}.subscriptionId`, own);
        }
        expectGuid(`${path}.ids.principalId`, ids?.principalId);
        expectGuid(`${path}.ids.clientId`, ids?.clientId);
      }
      for (const { path, idPath = `${path}.objectId`, principal } of principals(spec)) {
        expectGuid(idPath, principal.objectId);
      }
      for (const { path, reference } of references) {
        if (reference.needsLookup) {
          expectGuid(`${path}.subscriptionId`, reference.subscriptionId);
        }
      }
    },
  },
  {
    code: "HAKS-NAME-004",
    title: "Resource ids must have the resource type of their field.",
    check: ({ spec, references }, report) => {
      const expectId = (path: string, id: string | undefined, type: string): void => {
        // HAKS-OWN-002 reports types that are wider than a resource.
        if (id === undefined || !isKnown(id) || isWideType(type)) {
          return;
        }
        if (!isSameName(parseResourceId(id)?.type ?? "", type)) {
          report(path, ...invalidResourceId(id, type));
        }
      };
      for (const { path, identity } of placedIdentities(spec)) {
        expectId(`${path}.ids.id`, identity.ids?.id, IDENTITY_TYPE);
      }
      for (const { path, reference, type } of references) {
        expectId(`${path}.id`, reference.id, type);
      }
    },
  },
  {
    code: "HAKS-NAME-005",
    title: "A name must belong to one principal, and a principal must have one name.",
    check: ({ spec }, report) => {
      const all = principals(spec);
      all.forEach(({ path: place, namePath: path = `${place}.name`, principal }, index) => {
        const { name } = principal;
        const earlier = all
          .slice(0, index)
          .find(
            (one) =>
              isSameName(one.principal.name, name) !== isSamePrincipal(one.principal, principal),
          );
        if (name.trim() === "" || name.length > PRINCIPAL_LENGTH) {
          report(
            path,
            `The name of a principal must have 1 to ${PRINCIPAL_LENGTH} characters.`,
            "Give its display name.",
          );
        } else if (placedIdentities(spec).some(({ identity }) => isSameName(identity.name, name))) {
          report(
            path,
            `"${name}" is the name of an identity of the cluster.`,
            "Leave it out: its rights are computed.",
          );
        } else if (earlier) {
          report(
            path,
            `"${name}" and "${earlier.principal.name}" are two names of one principal, or one name of two principals.`,
            "Give each principal one name, type and object id everywhere; with an object id the name is only a label.",
            earlier.path,
          );
        }
      });
    },
  },
  {
    code: "HAKS-NAME-006",
    title: `The node resource group must have a name of at most ${NODE_RESOURCE_GROUP_LENGTH} characters that no other resource group has.`,
    source: "https://learn.microsoft.com/azure/aks/faq",
    check: ({ spec }, report) => {
      const { resourceGroup, identities } = spec;
      const group = nodeResourceGroupOf(spec);
      if (group.length > NODE_RESOURCE_GROUP_LENGTH) {
        report(
          "nodeResourceGroup",
          `The name of the resource group of the nodes, "${group}", has ${group.length} characters.`,
          `Give a name of at most ${NODE_RESOURCE_GROUP_LENGTH} characters.`,
          "resourceGroup.name",
        );
      } else if (
        isSameName(group, resourceGroup.name) ||
        isSameName(group, identities.resourceGroup.name) ||
        placedIdentities(spec).some(({ identity }) => isSameName(group, identity.resourceGroup))
      ) {
        report(
          "nodeResourceGroup",
          `AKS creates and deletes the resource group of the nodes, so it cannot be "${group}", which the description uses.`,
          "Give another name, or leave it out.",
        );
      }
    },
  },
  {
    code: "HAKS-NAME-007",
    title: "Administrator groups must be groups with an object id, without duplicates.",
    source: ENTRA,
    check: ({ spec: { access } }, report) => {
      access.adminGroups.forEach(({ principalType, name, objectId }, index) => {
        const path = `access.adminGroups.${index}`;
        const isOne = (other: Principal) => isSameName(other.objectId ?? "", objectId ?? "");
        if (principalType !== "Group" || objectId === undefined || !isGuid(objectId)) {
          report(
            path,
            `"${name}" is not a group with its object id, which the cluster needs.`,
            "Name a group, and give its object id (a GUID).",
          );
        } else if (access.adminGroups.findIndex(isOne) < index) {
          report(path, `Duplicate group "${name}".`, "Remove one.");
        }
      });
    },
  },
  {
    code: "HAKS-NAME-008",
    title: `Tags must be valid in Azure: at most ${MOST_TAGS}, with names without < > % & \\ ? and /.`,
    source: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
    check: ({ spec: { tags = {} } }, report) => {
      const count = Object.keys(tags).length;
      if (count > MOST_TAGS) {
        report("tags", `There are ${count} tags.`, `Use at most ${MOST_TAGS}.`);
      }
      for (const [name, value] of Object.entries(tags)) {
        if (!TAG_NAME.test(name) || value.length > TAG_LENGTH) {
          report(`tags.${name}`, ...invalidTag(`${name}: ${value}`));
        }
      }
    },
  },
  {
    code: "HAKS-NAME-010",
    severity: "warning",
    title: "Regions should be known.",
    source: "https://learn.microsoft.com/azure/reliability/regions-list",
    check: (context, report) => {
      for (const { path, value, rule } of namesOf(context)) {
        const isName = rule === NAME_RULES.location && rule.pattern.test(value);
        if (isName && !isRegion(value)) {
          const region = nearestRegion(value);
          report(
            path,
            `"${value}" is not a region that this version knows.`,
            `${region === undefined ? "Check the name" : `Use ${region}`}, unless it is a newer region.`,
          );
        }
      }
    },
  },
  {
    code: "HAKS-NAME-009",
    title: "Names must be known before Terraform runs, because Terraform addresses contain them.",
    source: "https://developer.hashicorp.com/terraform/language/resources/syntax",
    check: (context, report) => {
      const names = [
        ...namesOf(context).filter(({ rule }) => rule !== NAME_RULES.location),
        ...principals(context.spec).map(({ path, principal: { name } }) => ({
          path: `${path}.name`,
          value: name,
        })),
      ];
      for (const { path, value } of names) {
        if (hasToken(value)) {
          report(
            path,
            "The name is known only when Terraform runs.",
            path.endsWith("resourceGroup.name")
              ? "Write a literal name, and set create, so that the stack creates the resource group."
              : "Write a literal name. For a resource that the same program creates, use ResourceReference.byId, with the name as second argument.",
          );
        }
      }
    },
  },
];

function isSamePrincipal(a: Principal, b: Principal): boolean {
  const sameIds =
    a.objectId !== undefined && b.objectId !== undefined
      ? isSameName(a.objectId, b.objectId)
      : a.objectId === b.objectId && isSameName(a.name, b.name);
  return sameIds && a.principalType === b.principalType;
}

// Registries, people and permissions in haks.yaml. Pure.
import { KubernetesRole, RegistryMode } from "../../lib";
import * as v from "valibot";
import { NAME_RULES } from "../../lib/spec/naming";
import {
  choice,
  group,
  guid,
  isReference,
  kind,
  list,
  meta,
  NOT_A_REFERENCE,
  REFERENCE_WORDS,
  referenceFields,
  text,
} from "./schema-fields";

const { optional } = v;

export const registry = v.pipe(
  v.strictObject({
    ...referenceFields(NAME_RULES.registry, "Microsoft.ContainerRegistry/registries"),
    mode: optional(
      choice(
        'How the registry decides: classic ("RBAC Registry Permissions") or abac ("RBAC Registry + ABAC Repository Permissions"). Default: classic.',
        Object.values(RegistryMode),
      ),
    ),
    repositories: optional(
      list(
        "The repositories that the nodes may pull; mode abac only. Default: all.",
        text("Name of a repository; a / at its end stands for all below it.", "apps/"),
      ),
    ),
  }),
  v.check((value) => isReference(value), NOT_A_REFERENCE),
  meta("A container registry, which exists.", REFERENCE_WORDS),
);

const principalFields = {
  type: choice("A security group, or a service principal such as that of a pipeline.", [
    "group",
    "servicePrincipal",
  ]),
  name: text(
    "Display name; what is looked up in Entra ID if there is no objectId.",
    "platform-engineers",
  ),
  objectId: optional(
    guid(
      "Object id. For a service principal this is not its client id. Default: looked up by name.",
    ),
  ),
};

export const access = group("Who works with the cluster.", {
  adminGroups: optional(
    list(
      "Groups whose members administer Kubernetes because the cluster names them; roles in kubernetes are the finer way. Default: none.",
      group("A group, with its object id.", principalFields),
    ),
  ),
  deployers: optional(
    list(
      "Who deploys the cluster. They need Contributor on its resource group from elsewhere; the rest is granted here. Default: nobody.",
      group("A principal of Entra ID.", principalFields),
    ),
  ),
  kubernetes: optional(
    list(
      "Who works in Kubernetes, by Azure RBAC on the cluster's resource group. Default: nobody.",
      group("A principal of Entra ID, and what it does in Kubernetes.", {
        ...principalFields,
        role: choice(
          "What it does; clusterUser gets the kubeconfig alone.",
          Object.values(KubernetesRole),
        ),
      }),
    ),
  ),
});

export const permissions = group("How the rights are given.", {
  roleSet: optional(
    v.pipe(
      v.variant("type", [
        v.strictObject({
          type: kind("builtIn", "Built-in roles; on subnets that is Network Contributor."),
        }),
        v.strictObject({
          type: kind("minimal", "Custom roles with the few actions that are needed."),
          existing: optional(
            v.pipe(
              v.record(v.string(), v.string()),
              meta("Custom roles that exist already: key, such as subnetJoin, and name."),
            ),
          ),
        }),
      ]),
      meta("Which roles are granted. Default: builtIn."),
    ),
  ),
  grantedBy: optional(
    v.pipe(
      v.record(v.string(), v.string()),
      meta(
        "Who grants on a kind of scope, where it is not the default: kind, such as privateDnsZone, and team, identity or network.",
      ),
    ),
  ),
});

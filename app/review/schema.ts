// The form of an access review, as a schema.
import * as v from "valibot";

const text = (description: string) => v.pipe(v.string(), v.description(description));
const texts = (description: string) => v.pipe(v.array(v.string()), v.description(description));
const number = (description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(0), v.description(description));

const principal = v.strictObject({
  kind: text(
    "controlPlane, kubelet, deployer, kubernetesUser, or additional for a grant of one's own.",
  ),
  name: text("Name of the identity, group or service principal."),
  principalType: text("ServicePrincipal (also identities of the cluster) or Group."),
  objectId: v.optional(text("Object id (GUID); absent if it is not known before deployment.")),
});

const scope = v.strictObject({
  kind: text("Kind, such as subnet or registry."),
  name: text("Name of the resource."),
  resourceType: text("Resource type, such as Microsoft.Network/virtualNetworks/subnets."),
  resourceGroup: text("Its resource group."),
  parent: v.optional(text("Name of the resource that it is part of; with / between several.")),
  subscriptionId: v.optional(
    text("Its subscription (GUID); absent if it is the one that the stacks work in."),
  ),
  team: text("The team that owns it, and grants on it: identity or network."),
});

const role = v.strictObject({
  name: text("Name."),
  custom: v.pipe(v.boolean(), v.description("Whether it is a custom role of this cluster.")),
  guid: v.optional(text("GUID of a built-in role.")),
  actions: texts("Actions of the role definition, with wildcards if it has some."),
  dataActions: texts("Data actions of the role definition."),
});

const reason = v.strictObject({
  feature: text("The feature that needs the grant."),
  why: text("One sentence."),
  source: text("Where that is documented."),
});

const grant = v.strictObject({
  address: text("Name of the role assignment in Terraform addresses; unique in the review."),
  team: text("The team that grants: identity or network."),
  stack: text("The stack that holds the role assignment."),
  grantedFor: v.optional(
    text("The cluster whose stacks grant it; absent if it is the one of the review."),
  ),
  principal,
  role,
  scope,
  condition: v.optional(text("Condition of the role assignment.")),
  reasons: v.array(reason),
  effectiveActions: texts(
    "What the role allows on this scope: operations; patterns for a type of resources whose operations are not known.",
  ),
  excessActions: texts("Those of them that no feature needs."),
});

const right = v.strictObject({
  principal: text("Name of the principal."),
  via: texts("The identities that it acts as, in turn; empty if it has the right itself."),
  grant: text("Address of the grant that gives the right."),
  role: text("Name of the role."),
  scope,
  actions: texts("Operations, as in effectiveActions."),
});

const excess = v.strictObject({
  principal: text("Name of the principal."),
  granted: number("Operations that it is granted directly, over all scopes."),
  excess: number("Those that no feature needs."),
});

const exception = v.strictObject({
  name: text("Name of the weakening that somebody asked for."),
  reason: text("The reason that was given."),
});

const finding = v.strictObject({
  code: text("Code."),
  path: text("Where in the description."),
  message: text("What is wrong."),
  remedy: text("What to do."),
});

/** The form of an access review; its type is `AccessReviewDocument`. */
export const reviewSchema = v.strictObject({
  version: v.pipe(v.number(), v.integer(), v.minValue(1), v.description("Version of this form.")),
  cluster: text("Name of the cluster."),
  roleSet: text("builtIn or minimal."),
  grants: v.pipe(v.array(grant), v.description("Every grant, sorted by address.")),
  effectiveRights: v.pipe(
    v.array(right),
    v.description("What every principal can do, directly and as an identity that it may assign."),
  ),
  pathsToNetwork: v.pipe(
    v.array(right),
    v.description("The effective rights by which people and pipelines reach what the NOC owns."),
  ),
  excess: v.pipe(
    v.array(excess),
    v.description("For each principal, what it is granted and what of that it does not need."),
  ),
  exceptions: v.pipe(v.array(exception), v.description("Weakenings that somebody asked for.")),
  warnings: v.pipe(v.array(finding), v.description("Warnings of the rules.")),
});

// The resources of azurerm below a cluster: attributes that the description has no words for, and whether
// anything changed what the description had set.
import { TerraformResource } from "cdktf";
import { Attributes, META, attributesOf, changedAttributes, markAsKept } from "../hcl/kept";
import {
  OWNED_BY_CLUSTER,
  OWNED_BY_POOL,
  REFUSED_ON_CLUSTER,
  REFUSED_ON_POOL,
  RefusedAttributes,
  holdsPassword,
  isSet,
} from "../rules/override-attributes";

/** Sets attributes in Terraform's spelling. */
export function addAttributes(resource: TerraformResource, attributes: unknown, prefix = ""): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    resource.addOverride(`${prefix}${name}`, value);
  }
}

/** Remembers what the description sets on a resource, and says what was changed since. */
export class UnderlyingGuard {
  /** The cluster, as it is now. */
  public static ofCluster(resource: TerraformResource): UnderlyingGuard {
    return new UnderlyingGuard(resource, OWNED_BY_CLUSTER, REFUSED_ON_CLUSTER);
  }

  /** A pool, as it is now. */
  public static ofPool(resource: TerraformResource): UnderlyingGuard {
    return new UnderlyingGuard(resource, OWNED_BY_POOL, REFUSED_ON_POOL);
  }

  private readonly before: Attributes;

  private constructor(
    private readonly resource: TerraformResource,
    private readonly owned: readonly string[],
    private readonly refusals: RefusedAttributes,
  ) {
    this.before = attributesOf(resource) ?? {};
    markAsKept(resource);
  }

  /** Every change that the description does not know of, in words. */
  public changes(): string[] {
    const after = attributesOf(this.resource);
    if (!after) {
      return [];
    }
    const path = this.resource.node.path;
    return [
      ...changedAttributes(this.before, after, this.owned).map(
        (name) =>
          `An override of ${path} changes ${name}, which follows from the description. Remove it; change the description, or take an exception that docs/hardening.md lists.`,
      ),
      ...Object.entries(this.refusals)
        .filter(([name]) => !META.includes(name))
        .filter(([name]) => isSet(after, name.split(".")))
        .map(([name, reason]) => `An override of ${path} sets ${name}: it ${reason}. Remove it.`),
      ...Object.entries(after)
        .filter(([name, value]) => name !== "tags" && holdsPassword(value))
        .map(
          ([name]) =>
            `An override of ${path} puts a password into ${name}, which Terraform would keep in its state. Use an address without one.`,
        ),
    ];
  }
}

// Finds the variable for a value in a stack by its place, if it has one. Pure.
import { isSameName } from "../../lib/spec/naming";
import { ResourceIdParts, parseResourceId } from "../../lib/spec/resource-id";
import { Variable, Place } from "./variable";

type PlaceOf<Kind extends Place["kind"]> = Extract<Place, { kind: Kind }>;

/** A resource that the description names by its id, and its variable. */
interface GivenById {
  readonly variable: Variable;
  readonly id: string;
  readonly parts?: ResourceIdParts;
}

/** The variables of a description, by place. */
export class VariableIndex {
  private readonly byId: GivenById[];

  public constructor(
    public readonly values: Variable[],
    /** The subscription of the stack, if the description sets it. */
    private readonly defaultSubscription: string | undefined,
  ) {
    this.byId = values
      .flatMap((variable) =>
        variable.place.kind === "id"
          ? [{ variable, id: variable.place.id, parts: parseResourceId(variable.place.id) }]
          : [],
      )
      .sort((a, b) => b.id.length - a.id.length);
  }

  /** Returns `${var.…}` for a place; undefined if it has no variable. */
  public find<Kind extends Place["kind"]>(
    kind: Kind,
    matches: (place: PlaceOf<Kind>) => boolean = () => true,
  ): string | undefined {
    const variable = this.values.find(
      ({ place }) => place.kind === kind && matches(place as PlaceOf<Kind>),
    );
    return variable && this.use(variable);
  }

  /** Returns a subscription as a variable, or as a part of an id that is a variable. */
  public subscription(subscription: string): string | undefined {
    return (
      this.find("subscription", (place) => this.isIn(place, subscription)) ??
      this.partOfId(({ subscriptionId }) => isSameName(subscriptionId, subscription), 2)
    );
  }

  /** Returns the name of a resource group as a variable, or as a part of an id that is a variable. */
  public group(subscription: string, group: string): string | undefined {
    return (
      this.groupVariable(subscription, group) ??
      this.partOfId((parts) => this.isInGroup(parts, subscription, group), 4)
    );
  }

  /** Returns the id of a resource group with variables for its parts. */
  public groupId(subscription: string, group: string): string {
    const start = `/subscriptions/${this.subscription(subscription) ?? subscription}/resourceGroups`;
    const variable = this.groupVariable(subscription, group);
    if (variable !== undefined) {
      return `${start}/${variable}`;
    }
    const found = this.idWith((parts) => this.isInGroup(parts, subscription, group));
    return found ? `\${join("/", slice(split("/", ${inner(found)}), 0, 5))}` : `${start}/${group}`;
  }

  /** Returns a resource that the description names by name; without a group, matches only type and name. */
  public resource(
    type: string,
    name: string,
    subscription: string,
    group: string | undefined,
  ): string | undefined {
    if (isSameName(type, "Microsoft.ContainerService/managedClusters")) {
      return this.find("cluster", (place) => isSameName(place.name, name));
    }
    return this.find(
      "resource",
      (place) =>
        isSameName(place.type, type) &&
        isSameName(place.name, name) &&
        (group === undefined || (isSameName(place.group, group) && this.isIn(place, subscription))),
    );
  }

  /** Returns the name of a subnet as a variable. */
  public subnet(name: string): string | undefined {
    return this.find("subnet", (place) => isSameName(place.name, name));
  }

  /** Splits an id into a leading id that is a variable, and the rest. */
  public id(id: string): { start: string; rest: string } | undefined {
    const found = this.byId.find(
      ({ id: known }) =>
        isSameName(known, id) || id.toLowerCase().startsWith(`${known.toLowerCase()}/`),
    );
    return found && { start: this.use(found.variable), rest: id.slice(found.id.length) };
  }

  /** Returns `${var.…}` for a variable. */
  public use(variable: Variable): string {
    return `\${var.${variable.name}}`;
  }

  private groupVariable(subscription: string, group: string): string | undefined {
    return this.find(
      "group",
      (place) => this.isIn(place, subscription) && isSameName(place.group, group),
    );
  }

  private partOfId(
    matches: (parts: ResourceIdParts) => boolean,
    segment: number,
  ): string | undefined {
    const found = this.idWith(matches);
    return found && `\${split("/", ${inner(found)})[${segment}]}`;
  }

  private idWith(matches: (parts: ResourceIdParts) => boolean): string | undefined {
    const found = this.byId.find(({ parts }) => parts && matches(parts));
    return found && this.use(found.variable);
  }

  private isInGroup(parts: ResourceIdParts, subscription: string, group: string): boolean {
    const expected = subscription === "" ? this.defaultSubscription : subscription;
    return (
      expected !== undefined &&
      isSameName(parts.subscriptionId, expected) &&
      isSameName(parts.resourceGroup, group)
    );
  }

  private isIn(place: { readonly subscription: string }, subscription: string): boolean {
    const isDefault = isSameName(subscription, this.defaultSubscription ?? "");
    return isSameName(place.subscription, isDefault ? "" : subscription);
  }
}

/** Returns the expression in a template that consists of nothing else. */
export function inner(template: string): string {
  return template.slice(2, -1);
}

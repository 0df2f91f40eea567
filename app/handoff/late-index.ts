// Finds the variable for a value by where the value stands, as far as there is one. Pure.
import { isSameName } from "../../lib/spec/naming";
import { ResourceIdParts, parseResourceId } from "../../lib/spec/resource-id";
import { LateValue, Place } from "./late-value";

type PlaceOf<Kind extends Place["kind"]> = Extract<Place, { kind: Kind }>;

/** A resource that is described by its id, and the variable for it. */
interface GivenById {
  readonly late: LateValue;
  readonly id: string;
  readonly parts?: ResourceIdParts;
}

/** The variables of a description, by place. */
export class LateIndex {
  private readonly byId: GivenById[];

  public constructor(
    public readonly values: LateValue[],
    /** The stack's own subscription, if the description says it. */
    private readonly ownSubscription: string | undefined,
  ) {
    this.byId = values
      .flatMap((late) =>
        late.place.kind === "id"
          ? [{ late, id: late.place.id, parts: parseResourceId(late.place.id) }]
          : [],
      )
      .sort((a, b) => b.id.length - a.id.length);
  }

  /** `${var.…}` for what stands in a place; undefined if no variable does. */
  public find<Kind extends Place["kind"]>(
    kind: Kind,
    matches: (place: PlaceOf<Kind>) => boolean = () => true,
  ): string | undefined {
    const late = this.values.find(
      ({ place }) => place.kind === kind && matches(place as PlaceOf<Kind>),
    );
    return late && this.use(late);
  }

  /** A subscription: a variable, or a part of an id that is one. */
  public subscription(subscription: string): string | undefined {
    return (
      this.find("subscription", (place) => this.isIn(place, subscription)) ??
      this.partOfId(({ subscriptionId }) => isSameName(subscriptionId, subscription), 2)
    );
  }

  /** The name of a resource group: a variable, or a part of an id that is one. */
  public group(subscription: string, group: string): string | undefined {
    return (
      this.groupVariable(subscription, group) ??
      this.partOfId((parts) => this.isInGroup(parts, subscription, group), 4)
    );
  }

  /** The id of a resource group, as far as its parts are variables. */
  public groupId(subscription: string, group: string): string {
    const start = `/subscriptions/${this.subscription(subscription) ?? subscription}/resourceGroups`;
    const variable = this.groupVariable(subscription, group);
    if (variable !== undefined) {
      return `${start}/${variable}`;
    }
    const found = this.idWith((parts) => this.isInGroup(parts, subscription, group));
    return found ? `\${join("/", slice(split("/", ${inner(found)}), 0, 5))}` : `${start}/${group}`;
  }

  /** A resource that is described by its name; without a group, by type and name alone. */
  public resource(
    type: string,
    name: string,
    subscription: string,
    group: string | undefined,
  ): string | undefined {
    return this.find(
      "resource",
      (place) =>
        isSameName(place.type, type) &&
        isSameName(place.name, name) &&
        (group === undefined || (isSameName(place.group, group) && this.isIn(place, subscription))),
    );
  }

  public subnet(name: string): string | undefined {
    return this.find("subnet", (place) => isSameName(place.name, name));
  }

  /** An id that starts with one that is a variable, and the rest of it. */
  public id(id: string): { start: string; rest: string } | undefined {
    const found = this.byId.find(
      ({ id: known }) =>
        isSameName(known, id) || id.toLowerCase().startsWith(`${known.toLowerCase()}/`),
    );
    return found && { start: this.use(found.late), rest: id.slice(found.id.length) };
  }

  /** `${var.…}` for a variable. */
  public use(late: LateValue): string {
    return `\${var.${late.name}}`;
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
    return found && this.use(found.late);
  }

  private isInGroup(parts: ResourceIdParts, subscription: string, group: string): boolean {
    const wanted = subscription === "" ? this.ownSubscription : subscription;
    return (
      wanted !== undefined &&
      isSameName(parts.subscriptionId, wanted) &&
      isSameName(parts.resourceGroup, group)
    );
  }

  private isIn(place: { readonly subscription: string }, subscription: string): boolean {
    const isOwn = isSameName(subscription, this.ownSubscription ?? "");
    return isSameName(place.subscription, isOwn ? "" : subscription);
  }
}

/** The expression in a template that is nothing else. */
export function inner(template: string): string {
  return template.slice(2, -1);
}

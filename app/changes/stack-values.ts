// Evaluates values of a stack as far as possible without Terraform, and compares them. Pure.
import { Json, JsonObject, isObject, objectAt } from "../handoff/stack-json";
import { Expression, parseExpression, templateParts } from "./expression";

/** Delimiters of a value that only Terraform knows. */
const [OPEN, CLOSE] = ["\u27e8", "\u27e9"];

/** Precedes a value that is another one than before. */
const FRESH = "\u2731";

/** Stands for an unknown value inside another one. */
const INNER = "\u2026";

/** Precedes the subscription of an unknown value. */
const PLACE = "in ";

/** Ids of resources; `{…}` stands for an argument. */
const IDS: { readonly [type: string]: string } = {
  azurerm_container_registry: "Microsoft.ContainerRegistry/registries/{name}",
  azurerm_kubernetes_cluster: "Microsoft.ContainerService/managedClusters/{name}",
  azurerm_monitor_data_collection_rule: "Microsoft.Insights/dataCollectionRules/{name}",
  azurerm_private_dns_zone: "Microsoft.Network/privateDnsZones/{name}",
  azurerm_public_ip: "Microsoft.Network/publicIPAddresses/{name}",
  azurerm_route_table: "Microsoft.Network/routeTables/{name}",
  azurerm_subnet: "Microsoft.Network/virtualNetworks/{virtual_network_name}/subnets/{name}",
  azurerm_user_assigned_identity: "Microsoft.ManagedIdentity/userAssignedIdentities/{name}",
  azurerm_virtual_network: "Microsoft.Network/virtualNetworks/{name}",
};

/** Arguments that identify an object. */
const NAMES = [
  "name",
  "display_name",
  "object_id",
  "client_id",
  "resource_group_name",
  "virtual_network_name",
];

/** Options of `StackValues`. */
interface StackValuesOptions {
  readonly keepsCase?: boolean;
  readonly fresh?: ReadonlySet<string>;
}

/** Evaluates the values of a stack: resolves its references as far as possible. */
export class StackValues {
  private readonly spelled: (id: string) => string;
  private readonly fresh: ReadonlySet<string>;

  /**
   * @param options with `keepsCase`, ids keep the case in which the stack spells them; `fresh` are addresses of resources
   * that Terraform creates or replaces, whose ids it therefore knows only after apply
   */
  public constructor(
    private readonly stack: JsonObject,
    { keepsCase = false, fresh = new Set() }: StackValuesOptions = {},
  ) {
    this.spelled = (id) => (keepsCase ? id : id.toLowerCase());
    this.fresh = fresh;
  }

  /** Returns a value in a normal form: strings that refer to the same object are the same. */
  public known(value: Json): Json {
    if (typeof value === "string") {
      const found = this.defaultOf(value);
      return found === undefined ? this.text(value) : found;
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.known(item));
    }
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.known(item)]))
      : value;
  }

  /** Returns the default of a variable, if the value is nothing but a reference to it. */
  private defaultOf(value: string): Json | undefined {
    const name = /^\$\{var\.([\w-]+)\}$/.exec(value)?.[1];
    const found = name === undefined ? undefined : objectAt(this.stack, "variable", name).default;
    return found === undefined ? undefined : this.known(found);
  }

  private text(value: string): string {
    const text = templateParts(value)
      .map(({ text: part, isExpression }) => (isExpression ? this.expression(part) : part))
      .join("");
    return /^\/subscriptions\//i.test(text) ? this.spelled(text) : text;
  }

  private expression(text: string): string {
    const expression = parseExpression(text);
    return expression ? this.evaluated(expression) : unknown(text);
  }

  private evaluated(expression: Expression): string {
    switch (expression.kind) {
      case "text":
        return this.text(expression.text);
      case "list":
        return unknown(`[${expression.items.map((item) => this.evaluated(item)).join(", ")}]`);
      case "call":
        return this.called(expression.name, expression.args);
      case "reference":
        return this.referred(expression.path);
    }
  }

  private called(name: string, args: Expression[]): string {
    const [first, second] = args;
    const items = name === "join" && second ? this.items(second) : undefined;
    if (first && items) {
      return this.text(items.join(this.evaluated(first)));
    }
    if (name === "lower" && first) {
      return this.evaluated(first).toLowerCase();
    }
    return unknown(`${name}(${args.map((one) => this.evaluated(one)).join(", ")})`);
  }

  /** Returns the items of a list; undefined if they are unknown. */
  private items(expression: Expression): string[] | undefined {
    if (expression.kind === "list") {
      return expression.items.map((item) => this.evaluated(item));
    }
    if (expression.kind !== "call") {
      return undefined;
    }
    const [first, second, third] = expression.args;
    if (expression.name === "split" && first && second) {
      return this.evaluated(second).split(this.evaluated(first));
    }
    const items = expression.name === "slice" && first ? this.items(first) : undefined;
    return second && third
      ? items?.slice(Number(this.evaluated(second)), Number(this.evaluated(third)))
      : undefined;
  }

  private referred(path: string[]): string {
    if (path[0] === "var") {
      return this.variable(path[1] ?? "");
    }
    const [kind, ...rest] = path[0] === "data" ? path : ["resource", ...path];
    const [type = "", name = "", attribute = ""] = rest;
    const block = objectAt(this.stack, kind ?? "", type, name);
    if (type === "azurerm_client_config" && attribute === "subscription_id") {
      return this.subscriptionOf(block);
    }
    const argument = block[attribute];
    if (typeof argument === "string") {
      return this.text(argument);
    }
    return this.fresh.has(path.slice(0, 2).join("."))
      ? `${FRESH}${path.join(".")}`
      : this.computed(type, block, attribute);
  }

  private computed(type: string, block: JsonObject, attribute: string): string {
    const subscription = this.subscriptionOf(block);
    const id = attribute === "id" ? this.idOf(type, block, subscription) : undefined;
    const place = subscription.startsWith(OPEN) ? "" : `${PLACE}${subscription}`;
    return id ?? `${unknown(`${type} ${this.namesIn(block)}${place}`)}.${attribute}`;
  }

  private variable(name: string): string {
    const value = objectAt(this.stack, "variable", name).default;
    return typeof value === "string" ? this.text(value) : unknown(`var ${name}`);
  }

  private idOf(type: string, block: JsonObject, subscription: string): string | undefined {
    const group = `/subscriptions/${subscription}/resourceGroups/`;
    const named = (name: string) => {
      const value = block[name];
      return typeof value === "string" ? this.text(value) : unknown(name);
    };
    if (type === "azurerm_resource_group") {
      return this.spelled(`${group}${named("name")}`);
    }
    const shape = IDS[type]?.replace(/\{(\w+)\}/g, (_, name: string) => named(name));
    return shape && this.spelled(`${group}${named("resource_group_name")}/providers/${shape}`);
  }

  private namesIn(block: JsonObject): string {
    const names = NAMES.flatMap((name) => {
      const value = block[name];
      return typeof value === "string" ? [`${name}=${this.text(value).toLowerCase()} `] : [];
    });
    return names.join("");
  }

  private subscriptionOf({ provider }: JsonObject): string {
    const [name = "", alias] = typeof provider === "string" ? provider.split(".") : ["azurerm"];
    const providers = objectAt(this.stack, "provider")[name];
    const block = Array.isArray(providers)
      ? providers.filter(isObject).find((one) => one.alias === alias)
      : undefined;
    const id = block?.subscription_id;
    return typeof id === "string" ? this.text(id) : unknown("subscription");
  }
}

const PLACES = new RegExp(`${PLACE}[0-9a-f-]{36}${CLOSE}`, "i");

/** Whether two strings may be the same. An unknown value may be anything of its kind. */
export function mayBeSame(a: string, b: string): boolean {
  if (a === b || `${a}${b}`.includes(FRESH)) {
    return a === b;
  }
  const kinds = [a, b].map((text) =>
    text.replace(marked(), (_, inner: string) => `${OPEN}${inner.split(" ")[0]}${CLOSE}`),
  );
  // The same attribute of two objects, of which one may name its subscription.
  if (kinds[0] === kinds[1]) {
    const [one, other] = [a, b].map((text) => text.replace(PLACES, CLOSE));
    const saysMore = PLACES.test(a) !== PLACES.test(b);
    return `${a}${b}`.includes(INNER) || (one === other && saysMore);
  }
  return [
    [a, b],
    [b, a],
  ].some(([pattern = "", text = ""]) => pattern.includes(OPEN) && patternOf(pattern).test(text));
}

function patternOf(text: string): RegExp {
  const literals = text
    .replace(new RegExp(`${marked().source}(\\.\\w+)?`, "g"), "\u0000")
    .split("\u0000");
  return new RegExp(
    `^${literals.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+")}$`,
    "i",
  );
}

function marked(): RegExp {
  return new RegExp(`${OPEN}([^${OPEN}${CLOSE}]*)${CLOSE}`, "g");
}

function unknown(text: string): string {
  return `${OPEN}${text.replace(marked(), INNER)}${CLOSE}`;
}

// Writes the yardstick: a program of provider classes alone, with the resources of the stacks of a
// cluster. No description, no rules, no plan. It is made from the Terraform JSON, so that it cannot drift.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * The text of the plain program, which is run as the fleet is.
 *
 * @param stacks Terraform JSON of the stacks of one cluster, in the order in which they are deployed
 * @param placeholder the name of that cluster, in the place of which comes the name of each one
 */
export function plainProgram(stacks, placeholder) {
  const classes = new Map([["cdktf", new Set(["TerraformStack"])]]);
  const use = (name, module = "cdktf") => {
    classes.set(module, (classes.get(module) ?? new Set()).add(name));
    return name;
  };
  const bodies = stacks.map((json) => `  {\n${stackBody(json, placeholder, use)}  }`);
  const imports = [...classes].map(
    ([module, names]) => `import { ${[...names].join(", ")} } from "${module}";`,
  );
  return [
    ...imports,
    `import { measure } from "../../benchmarks/measure";`,
    "",
    "measure((app, name) => {",
    "  let before;",
    ...bodies,
    "});",
    "",
  ].join("\n");
}

function stackBody(json, placeholder, use) {
  const { "//": stamp, provider, terraform, data, resource, locals, output, ...others } = json;
  const { moved, removed, check, ...rest } = others;
  if (Object.keys(rest).length > 0) {
    throw new Error(`The plain program knows no ${Object.keys(rest).join(", ")}.`);
  }
  const { backend, ...settings } = terraform;
  const elements = elementsOf(data, resource);
  const print = (value, key) => printed(value, key, { placeholder, elements });
  const lines = [];
  const make = (name, module, ...args) =>
    `new ${use(name, module)}(${["stack", ...args.map((arg) => print(arg))].join(", ")})`;
  lines.push(`const stack = new TerraformStack(app, ${print(stamp.metadata.stackName)});`);
  lines.push("if (before) stack.addDependency(before);", "before = stack;");
  for (const [name, [config]] of Object.entries(provider)) {
    const module = `@cdktf/provider-${name}/lib/provider`;
    lines.push(`${make(`${pascal(name)}Provider`, module, name, config)};`);
  }
  for (const [type, config] of Object.entries(backend)) {
    lines.push(`new ${use(`${pascal(type)}Backend`)}(stack, ${print(config)});`);
  }
  for (const [key, value] of Object.entries(settings)) {
    lines.push(`stack.addOverride("terraform.${key}", ${JSON.stringify(value)});`);
  }
  for (const [key, blocks] of Object.entries({ moved, removed, check })) {
    if (blocks) {
      lines.push(`stack.addOverride("${key}", ${print(blocks, "overrides")});`);
    }
  }
  for (const { variable, type, kind, name, attributes } of inOrder(elements)) {
    const { for_each: each, ...config } = attributes;
    delete config["//"];
    const [provider] = type.split("_");
    const file = kind === "data" ? `data-${type}` : type.slice(provider.length + 1);
    const module = `@cdktf/provider-${provider}/lib/${file.replace(/_/g, "-")}`;
    const made = make(classOf(module), module, `${kind}.${type}.${name}`, config);
    lines.push(`const ${variable} = ${made};`, `${variable}.overrideLogicalId(${print(name)});`);
    if (each !== undefined) {
      lines.push(`${variable}.addOverride("for_each", ${print(each)});`);
    }
  }
  for (const [name, value] of Object.entries(locals ?? {})) {
    lines.push(
      `new ${use("TerraformLocal")}(stack, ${print(`local.${name}`)}, ${print(value, "locals")}).overrideLogicalId(${print(name)});`,
    );
  }
  for (const [name, config] of Object.entries(output ?? {})) {
    lines.push(`${make(use("TerraformOutput"), undefined, name, { ...config, static_id: true })};`);
  }
  return lines.map((line) => `    ${line}\n`).join("");
}

function elementsOf(data = {}, resource = {}) {
  const elements = new Map();
  for (const [kind, types] of Object.entries({ data, resource })) {
    for (const [type, named] of Object.entries(types)) {
      for (const [name, attributes] of Object.entries(named)) {
        const address = `${kind === "data" ? "data." : ""}${type}.${name}`;
        const variable = `element${elements.size}`;
        elements.set(address, { variable, kind, type, name, attributes });
      }
    }
  }
  return elements;
}

// A variable is there before it is read.
function inOrder(elements) {
  const sorted = new Set();
  const add = (element) => {
    for (const [, address] of JSON.stringify(element.attributes).matchAll(REFERENCE)) {
      const found = elements.get(address);
      if (found && found !== element && !sorted.has(found)) {
        add(found);
      }
    }
    sorted.add(element);
  };
  elements.forEach(add);
  return [...sorted];
}

const REFERENCE = /\$\{((?:data\.)?azure[a-z]+_\w+\.[\w-]+)\.(\w+)\}/g;
// Keys below these are free.
const FREE = ["tags", "locals", "node_labels", "overrides"];

function printed(value, key, context) {
  if (typeof value === "string") {
    return printedText(value, context);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => printed(item, key, context)).join(", ")}]`;
  }
  if (typeof value !== "object" || value === null) {
    return String(value);
  }
  const free = FREE.includes(key);
  const entries = Object.entries(value).map(([name, item]) => {
    const shown = free ? `[${printedText(name, context)}]` : camel(name);
    return `${shown}: ${printed(item, free ? key : name, context)}`;
  });
  return `{ ${entries.join(", ")} }`;
}

// A reference is a token, as people write it; the name is a variable; the rest is text.
function printedText(text, { placeholder, elements }) {
  const token = (match, address, attribute) => {
    const element = elements.get(address);
    return element ? `\0${element.variable}.${camel(attribute)}\0` : match;
  };
  const parts = text.replace(REFERENCE, token).replaceAll(placeholder, "\0name\0").split("\0");
  if (parts.length === 1) {
    return JSON.stringify(text);
  }
  if (parts.length === 3 && parts[0] === "" && parts[2] === "") {
    return parts[1];
  }
  return `\`${parts
    .map((part, index) => (index % 2 ? `\${${part}}` : part.replace(/[\\`]|\$(?=\{)/g, "\\$&")))
    .join("")}\``;
}

function classOf(module) {
  return Object.keys(require(module)).find((name) => "tfResourceType" in require(module)[name]);
}

function camel(name) {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

function pascal(name) {
  return camel(`_${name}`);
}

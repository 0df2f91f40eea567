// docs/fields.md: each field of the schema once, with its words.
import { FILE_SCHEMA, FileSchema } from "../../app/config/file-schema";
import { fieldsPage } from "../../build/docs/fields";

/** The paths of a schema; those of resources are the same everywhere. */
function pathsOf(schema: FileSchema, path = ""): string[] {
  const { properties = {}, items, additionalProperties: ofMap, oneOf = [] } = schema;
  const below = path === "" ? "" : `${path}.`;
  return schema["x-class"] === "ResourceReference"
    ? []
    : [
        ...Object.entries(properties).flatMap(([name, field]) => [
          below + name,
          ...pathsOf(field, below + name),
        ]),
        ...(items ? pathsOf(items as FileSchema, `${below}*`) : []),
        ...(typeof ofMap === "object" ? pathsOf(ofMap, `${below}*`) : []),
        ...oneOf.flatMap((one) => pathsOf(one, path)),
      ];
}

const PAGE = fieldsPage();

test("has every field of the schema", () => {
  const paths = [...new Set(pathsOf(FILE_SCHEMA))];
  expect(paths.length).toBeGreaterThan(250);
  const isThere = (path: string) =>
    path.includes(".") ? PAGE.includes(`\n| \`${path}\` |`) : PAGE.includes(`\n## ${path}\n`);
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
  expect(isThere("network.nothing")).toBe(false);
});

test("tells what is required, what has a default, and what the choices are", () => {
  expect(PAGE).toContain("| `network.nodeSubnet` | text | required | Name of the subnet");
  expect(PAGE).toContain('| `network.serviceCidr` | text | "10.0.0.0/16" | Range of');
  expect(PAGE).toContain(
    "| `network.egress.type` | choice | required | Kind.<br>`userDefinedRouting`: By",
  );
  expect(PAGE).toContain("With the type `loadBalancer`. ");
  expect(PAGE).toContain("\n## location\n\nText. Azure region. The short name");
});

test("has as many cells in each row as the table has columns", () => {
  const rows = PAGE.split("\n").filter((line) => line.startsWith("| "));
  expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 6)).toEqual([]);
});

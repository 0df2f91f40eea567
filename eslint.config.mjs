// Typed rules, the directions of imports, no provider barrels, no cycles.
import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { DOCUMENTED } from "./build/documented.mjs";

// Each room may import from itself and from those after it.
const ROOMS = [
  "stacks",
  "cluster",
  "permissions",
  "existing",
  "identity",
  "grants",
  "terraform",
  "plan",
  "review",
  "rules",
  "access",
  "addresses",
  "hcl",
  "spec",
];

const zones = [
  {
    target: "./lib",
    from: ["./app", "./site", "./build", "./main.ts", "./examples", "./__tests__"],
  },
  // What only makes pages stays out of the program.
  { target: "./app", from: ["./build", "./site"] },
  // The page has no command line, and no files.
  { target: "./site", from: ["./build", "./app/cli", "./app/files.ts", "./app/output-folder.ts"] },
  ...ROOMS.map((room, index) => ({
    target: `./lib/${room}`,
    from: ROOMS.slice(0, index).map((above) => `./lib/${above}`),
  })).filter(({ from }) => from.length > 0),
];

// Rooms of pure functions, which know no framework.
const PURE = ["spec", "addresses", "access", "rules", "review", "plan"];

const BARREL =
  "Import the submodule: a provider's barrel is several times slower to check and run.";

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "node_modules/", "coverage/", "tsconfig.jsii.json"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones }],
      "no-restricted-imports": [
        "error",
        {
          paths: ["@cdktf/provider-azurerm", "@cdktf/provider-azuread"].map((name) => ({
            name,
            message: BARREL,
          })),
        },
      ],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      // An interface gives an inferred type a short name in messages of the compiler.
      "@typescript-eslint/no-empty-object-type": [
        "error",
        { allowInterfaces: "with-single-extends" },
      ],
      "@typescript-eslint/no-unnecessary-condition": "error",
      "@typescript-eslint/explicit-module-boundary-types": "off",
      // jsii knows no Record type.
      "@typescript-eslint/consistent-indexed-object-style": "off",
      // A group of static members is how jsii knows functions.
      "@typescript-eslint/no-extraneous-class": "off",
      // The compiler refuses a comparison with a text that is no member.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      complexity: ["error", 14],
    },
  },
  {
    files: ["lib/**/*.ts", "app/**/*.ts", "site/**/*.ts", "build/**/*.ts"],
    // Data: one line for each action of a role.
    ignores: ["lib/spec/built-in-roles.ts"],
    rules: { "max-lines": ["error", { max: 350, skipBlankLines: true }] },
  },
  {
    files: ["lib/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "The library reads no environment." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ClassDeclaration[superClass.name='Construct'][id.name!='LibraryConstruct']",
          message:
            "Extend LibraryConstruct, which refuses an app of another copy of the framework.",
        },
      ],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "@cdktf/provider-azurerm", message: BARREL },
            { name: "node:fs", message: "The library reads and writes no files." },
            { name: "yaml", message: "The library knows no YAML." },
          ],
          patterns: [
            {
              regex: "^@cdktf/provider-azuread(/|$)",
              message: "The package is optional: lib/terraform/azuread.ts loads it.",
            },
          ],
        },
      ],
    },
  },
  {
    files: PURE.map((room) => `lib/${room}/**/*.ts`),
    // The one place that asks cdktf whether a text is a token.
    ignores: ["lib/spec/known.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(cdktf|constructs|@cdktf/.*|node:fs|yaml)(/|$)",
              message: "This room is pure: no framework, no files.",
            },
          ],
        },
      ],
    },
  },
  DOCUMENTED,
  {
    files: ["**/*.mjs", "**/*.cjs", "**/*.js"],
    languageOptions: {
      globals: {
        URL: "readonly",
        console: "readonly",
        performance: "readonly",
        process: "readonly",
        require: "readonly",
        module: "writable",
        __dirname: "readonly",
      },
    },
  },
);

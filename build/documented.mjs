// What a public declaration says of itself: rules of eslint-plugin-jsdoc for the files of the public API.
import jsdoc from "eslint-plugin-jsdoc";
import { publicFiles } from "./public-files.mjs";

// Members of classes that are not exported count if the class is abstract: an exported one inherits them.
const CLASS =
  ":matches(ExportNamedDeclaration > ClassDeclaration, ClassDeclaration[abstract=true])";
const MEMBERS = `${CLASS} > ClassBody >`;
const STRUCT = "ExportNamedDeclaration > TSInterfaceDeclaration > TSInterfaceBody >";
// What begins with an underscore is internal, as jsii wants it.
const OPEN = ":not([accessibility='private']):not([key.name=/^_/])";

const TYPES = [
  "ExportNamedDeclaration > ClassDeclaration",
  "ExportNamedDeclaration > TSInterfaceDeclaration",
  "ExportNamedDeclaration > TSEnumDeclaration",
];
const FIELDS = [
  "ExportNamedDeclaration > TSEnumDeclaration TSEnumMember",
  `${STRUCT} TSPropertySignature`,
  `${MEMBERS} PropertyDefinition${OPEN}`,
  `${MEMBERS} TSAbstractPropertyDefinition`,
  `${MEMBERS} MethodDefinition[kind='get']${OPEN}`,
  `${MEMBERS} MethodDefinition[kind='constructor'] TSParameterProperty${OPEN}`,
];
const METHODS = [
  `${STRUCT} TSMethodSignature`,
  `${MEMBERS} MethodDefinition[kind='method']${OPEN}`,
  `${MEMBERS} TSAbstractMethodDefinition`,
];
const PUBLIC = [...TYPES, ...FIELDS, ...METHODS];

/** What a number counts or measures. */
const UNITS =
  "\\b(number|version|addresses|nodes|pods|operations|bits|characters|frontends|hours?|minutes?|seconds?|GiB|US dollars|share)\\b";

const without = (tag) => `JsdocBlock:not(:has(JsdocTag[tag=${tag}]))`;

export const DOCUMENTED = {
  files: publicFiles(),
  plugins: { jsdoc },
  settings: { jsdoc: { mode: "typescript" } },
  rules: {
    "jsdoc/require-jsdoc": [
      "error",
      {
        contexts: PUBLIC,
        require: { FunctionDeclaration: false },
        checkConstructors: false,
        enableFixer: false,
      },
    ],
    "jsdoc/require-description": ["error", { contexts: PUBLIC, checkConstructors: false }],
    "jsdoc/no-restricted-syntax": [
      "error",
      {
        contexts: [
          ...FIELDS.filter((field) => !field.includes("get")).map((field) => ({
            context: `${field}[optional=true]`,
            comment: without("default"),
            message: "Say what the default is (@default).",
          })),
          ...FIELDS.map((field) => ({
            context: `${field}:has(> TSTypeAnnotation > TSNumberKeyword)`,
            comment: `JsdocBlock:not([description=/${UNITS}/i])`,
            message: "Say what the number counts, or its unit.",
          })),
          ...METHODS.map((method) => ({
            context: `${method}:has(> FunctionExpression > AssignmentPattern)`,
            comment: "JsdocBlock:not(:has(JsdocTag[tag=param][description=/default/]))",
            message: "Say what the default of the parameter is (@param).",
          })),
        ],
      },
    ],
  },
};

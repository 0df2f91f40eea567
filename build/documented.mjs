// Documentation of public declarations: rules of eslint-plugin-jsdoc for the files of the public API.
import jsdoc from "eslint-plugin-jsdoc";
import { publicFiles } from "./public-files.mjs";

// Members of classes that are not exported count if the class is abstract: an exported one inherits them.
const CLASS =
  ":matches(ExportNamedDeclaration > ClassDeclaration, ClassDeclaration[abstract=true])";
const MEMBERS = `${CLASS} > ClassBody >`;
const STRUCT = "ExportNamedDeclaration > TSInterfaceDeclaration > TSInterfaceBody >";
// Names that begin with an underscore are internal, as jsii requires.
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
const CONSTRUCTORS = [`${MEMBERS} MethodDefinition[kind='constructor'][accessibility='public']`];
const PUBLIC = [...TYPES, ...FIELDS, ...METHODS];

/** Units of numbers. */
const UNITS =
  "\\b(number|version|addresses|nodes|pods|operations|bits|characters|frontends|hours?|minutes?|seconds?|GiB|US dollars|share)\\b";

// This rule looks at a declaration alone, and not at what is around it.
const PROPERTIES = [
  ["TSPropertySignature", ""],
  ["PropertyDefinition", ""],
  ["TSAbstractPropertyDefinition", ""],
  ["TSParameterProperty", "parameter."],
];
const NUMBER = "typeAnnotation.type='TSNumberKeyword'";

const DEFAULTS = [
  ...PROPERTIES.map(([kind, at]) => `${kind}[${at}optional=true]`),
  "MethodDefinition[kind='get'][value.returnType.typeAnnotation.type='TSUnionType']",
].map((context) => ({
  context,
  comment: "JsdocBlock:not(:has(JsdocTag[tag=default]))",
  message: "Say what the default is (@default).",
}));
const NUMBERS = [
  ...PROPERTIES.map(([kind, at]) => `${kind}[${at}typeAnnotation.${NUMBER}]`),
  `MethodDefinition[kind='get'][value.returnType.${NUMBER}]`,
].map((context) => ({
  context,
  comment: `JsdocBlock:not([description=/${UNITS}/i])`,
  message: "Say what the number counts, or its unit.",
}));
const PARAMETERS = [0, 1, 2, 3].map((index) => ({
  context: `MethodDefinition[kind='method'][key.name!=/^_/][value.params.${index}.type='AssignmentPattern']`,
  comment: "JsdocBlock:not(:has(JsdocTag[tag=param][description=/default/]))",
  message: "Say what the default of the parameter is (@param).",
}));

export const DOCUMENTED = {
  files: publicFiles(),
  plugins: { jsdoc },
  settings: { jsdoc: { mode: "typescript" } },
  rules: {
    "jsdoc/require-jsdoc": [
      "error",
      {
        contexts: [...PUBLIC, ...CONSTRUCTORS],
        require: { FunctionDeclaration: false },
        enableFixer: false,
      },
    ],
    "jsdoc/require-description": ["error", { contexts: PUBLIC, checkConstructors: false }],
    "jsdoc/require-throws": [
      "error",
      { contexts: [...METHODS, ...CONSTRUCTORS].map((member) => `${member} > FunctionExpression`) },
    ],
    "jsdoc/no-restricted-syntax": ["error", { contexts: [...DEFAULTS, ...NUMBERS, ...PARAMETERS] }],
  },
};

// The rooms of the library whose mutants are looked for, and the tests that look: the quick ones about the room.
// `hasExpressions`: its texts are expressions of Terraform, which are mutated, too; other texts are mostly sentences.
export const ROOMS = {
  addresses: { mutate: ["lib/addresses/**/*.ts"], tests: ["addresses", "address-demands"] },
  preflight: {
    mutate: ["lib/cluster/preflight/**/*.ts"],
    tests: ["preflight-grants", "preflight-facts", "preflight-words", "preflight"],
    hasExpressions: true,
  },
  grants: {
    mutate: ["lib/grants/**/*.ts"],
    tests: [
      "conditions",
      "access",
      "misuse",
      "standalone",
      "live",
      "extension",
      "stacks",
      "authorization-writes",
    ],
    hasExpressions: true,
  },
  access: {
    mutate: ["lib/access/**/*.ts"],
    tests: [
      "preflight-grants",
      "access",
      "rights",
      "built-in-roles",
      "effective-rights",
      "sameness",
      "features",
      "live",
    ],
  },
  rules: { mutate: ["lib/rules/**/*.ts"], tests: ["rules", "rules-edges", "sameness"] },
};

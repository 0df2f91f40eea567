// The rooms of the library whose mutants are looked for, and the tests that look: the quick ones about the room.
const GRANTS = ["access", "rights", "effective-rights", "sameness", "features", "misuse"];

export const ROOMS = {
  addresses: { mutate: ["lib/addresses/**/*.ts"], tests: ["addresses"] },
  preflight: {
    mutate: ["lib/cluster/preflight/**/*.ts"],
    tests: ["preflight-grants", "preflight-facts", "preflight"],
  },
  grants: { mutate: ["lib/grants/**/*.ts"], tests: ["conditions", "access", "misuse"] },
  access: { mutate: ["lib/access/**/*.ts"], tests: [...GRANTS, "preflight-grants", "review"] },
  rules: { mutate: ["lib/rules/**/*.ts"], tests: ["rules", "sameness"] },
};

// HAKS-OPS: time limits, tier and support. Pure.
import { Rule, hasException } from "./rule";

/** Durations as Go reads them, such as 1h30m. */
const DURATION = /^(?=.*[1-9])(\d{1,6}(?:h|m|s))+$/;

/** The rules about operation. */
export const OPS_RULES: Rule[] = [
  {
    code: "HAKS-OPS-001",
    title: "Timeouts must be valid durations.",
    source:
      "https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts",
    check: ({ spec: { timeouts } }, report) => {
      const { create, update, destroy } = timeouts ?? {};
      for (const [field, value] of Object.entries({ create, update, delete: destroy })) {
        if (value !== undefined && !DURATION.test(value)) {
          report(
            `timeouts.${field}`,
            `"${value}" is not a duration.`,
            "Write a duration such as 90m.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-OPS-002",
    title: "Long-term support and cost analysis must not be combined with the Free tier.",
    source: "https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers",
    check: ({ spec }, report) => {
      if (!hasException(spec, "freeTier")) {
        return;
      }
      const notFree = (path: string, message: string): void =>
        report(path, message, 'Leave it out, or the exception "freeTier".', "exceptions");
      if (spec.longTermSupport) {
        notFree("longTermSupport", "Long-term support comes with the tier Premium, not with Free.");
      }
      spec.addOns.forEach((name, index) => {
        if (name === "costAnalysis") {
          notFree(
            `addOns.${index}`,
            "Cost analysis comes with the tiers Standard and Premium, not with Free.",
          );
        }
      });
    },
  },
  {
    code: "HAKS-OPS-003",
    title: "Long-term support must not be combined with the channels stable and rapid.",
    source: "https://learn.microsoft.com/azure/aks/long-term-support",
    check: ({ spec: { longTermSupport, upgrades } }, report) => {
      if (longTermSupport && ["stable", "rapid"].includes(upgrades.channel)) {
        report(
          "upgrades.channel",
          `The channel ${upgrades.channel} leaves the minor version that long-term support is for.`,
          "Use the channel patch.",
          "longTermSupport",
        );
      }
    },
  },
];

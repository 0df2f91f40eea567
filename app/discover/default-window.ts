// The maintenance configuration "default", which has no field in the description. Pure.
import { JsonObject } from "../handoff/stack-json";
import { Exports } from "./exports";
import { Reading } from "./reading";

/** Returns it as the attribute `maintenance_window` of azurerm; undefined if the cluster has none. */
export function defaultWindowOf({
  maintenance = [],
}: Pick<Exports, "maintenance">): JsonObject | undefined {
  const found = maintenance.find((one) => one.text("name")?.toLowerCase() === "default");
  const allowed = (found?.list("timeInWeek") ?? []).map((one): JsonObject => ({
    day: one.text("day") ?? "",
    hours: hoursOf(one),
  }));
  const notAllowed = (found?.list("notAllowedTime") ?? []).map((one): JsonObject => ({
    start: one.text("start") ?? "",
    end: one.text("end") ?? "",
  }));
  return allowed.length + notAllowed.length === 0
    ? undefined
    : {
        ...(allowed.length > 0 && { allowed }),
        ...(notAllowed.length > 0 && { not_allowed: notAllowed }),
      };
}

function hoursOf(one: Reading): number[] {
  const hours = one.value("hourSlots");
  return Array.isArray(hours) ? hours.map(Number).filter(Number.isInteger) : [];
}

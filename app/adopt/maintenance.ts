// The maintenance windows of a cluster, as attributes of azurerm. Pure.
import { defaultWindowOf } from "../discover/default-window";
import { Exports } from "../discover/exports";
import { Reading } from "../discover/reading";
import { freezesIn } from "../discover/running-fields";
import { Json } from "../handoff/stack-json";
import { ExistingValue } from "./existing-stack";

const WINDOWS = {
  maintenance_window_auto_upgrade: "aksManagedAutoUpgradeSchedule",
  maintenance_window_node_os: "aksManagedNodeOSUpgradeSchedule",
};

const SCHEDULES = {
  daily: ["Daily", "intervalDays"],
  weekly: ["Weekly", "intervalWeeks"],
  absoluteMonthly: ["AbsoluteMonthly", "intervalMonths"],
  relativeMonthly: ["RelativeMonthly", "intervalMonths"],
} as const;

/** Returns the maintenance windows; none if they were not exported. */
export function windowValues({ maintenance }: Pick<Exports, "maintenance">): ExistingValue[] {
  const windows = Object.entries(maintenance === undefined ? {} : WINDOWS).flatMap(
    ([block, name]): ExistingValue[] => {
      const found = maintenance?.find((one) => one.text("name") === name);
      const given = found?.group("maintenanceWindow");
      return given
        ? Object.entries(windowOf(given)).map(([attribute, value]) => [
            `${block}.${attribute}`,
            value,
          ])
        : [[block, undefined]];
    },
  );
  return maintenance === undefined
    ? []
    : [...windows, ["maintenance_window", defaultWindowOf({ maintenance })]];
}

function windowOf(given: Reading): { readonly [attribute: string]: Json | undefined } {
  const kind = Object.entries(SCHEDULES).find(([name]) => given.group(`schedule.${name}`));
  const [name = "", [frequency, interval] = [undefined, ""]] = kind ?? [];
  const schedule = given.group(`schedule.${name}`);
  return {
    frequency,
    interval: schedule?.number(interval),
    day_of_week: schedule?.text("dayOfWeek"),
    day_of_month: schedule?.number("dayOfMonth"),
    week_index: schedule?.text("weekIndex"),
    duration: given.number("durationHours"),
    start_time: given.text("startTime"),
    utc_offset: given.text("utcOffset"),
    not_allowed: freezesIn(given),
  };
}

// The waiting in a move: a switch is over when the tokens of the old identity have ended. Pure.
import { command } from "../review/shell";
import { MovePlan, isInPlace, isTarget } from "./plan";

/** Steps after which the cluster works with other credentials. */
export const SWITCHES = ["control-plane", "node-images", "kubelet"] as const;

/** A step after which the cluster works with other credentials. */
export type SwitchStep = (typeof SWITCHES)[number];

/**
 * Hours for which Azure keeps tokens of a managed identity.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations#limitation-of-using-managed-identities-for-authorization
 */
export const TOKEN_HOURS = 24;

/** Returns the switches of a move, in no order. */
export function switchesOf(plan: MovePlan): SwitchStep[] {
  const { start, controlPlane, kubelet } = plan;
  const has: { readonly [step in SwitchStep]: boolean } = {
    "control-plane": !isTarget(start.controlPlane, controlPlane),
    "node-images": start.controlPlane.kind === "servicePrincipal",
    kubelet: !isTarget(start.kubelet, kubelet),
  };
  return isInPlace(plan) ? SWITCHES.filter((step) => has[step]) : [];
}

/** Returns when the tokens have ended that were there before switches; undefined if a switch was not seen yet. */
export function tokensEnd({ seen }: MovePlan, steps: readonly string[]): Date | undefined {
  const times = steps.flatMap((step) => {
    const time = seen[step];
    return time === undefined ? [] : [Date.parse(time)];
  });
  return times.length < steps.length
    ? undefined
    : new Date(Math.max(...times) + TOKEN_HOURS * 3_600_000);
}

/** Returns a time in words. */
export function timeText(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Returns lines of bash that stop before that time. */
export function waitLines(plan: MovePlan, steps: readonly string[]): string[] {
  const end = tokensEnd(plan, steps);
  return end
    ? [
        `if (($(date +%s) < ${Math.ceil(end.getTime() / 1000)})); then`,
        `  ${command("stop", `Tokens of the old identity last until ${timeText(end)}.`)}`,
        "fi",
      ]
    : [command("stop", "No export has shown the last switch yet. Export again with export.sh.")];
}

/** Whether lines always stop: what follows is never reached. */
export function isStop(lines: readonly string[]): boolean {
  return (lines.at(-1) ?? "").startsWith("stop ");
}

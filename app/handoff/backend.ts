// The backend of a hand-off folder: settings that identify a state are part of the folder, the others are passed to
// terraform init. Pure.
import { BackendSpec, BackendType } from "../../lib";
import { namesStack, settingsOf } from "../../lib/stacks/backend-types";
import { JsonObject } from "./stack-json";

/** A backend, with its settings in two parts. */
export interface HandedBackend {
  readonly type: string;
  /** Settings that differ between the stacks; they are part of the folder. */
  readonly fixed: JsonObject;
  /** Settings that are the same for all stacks of a team, for `terraform init -backend-config=…`. */
  readonly shared: JsonObject;
}

/** Returns the backend of a stack; azurerm if the description has none, because a local state cannot be shared. */
export function backendOf(
  backend: BackendSpec = { backendType: BackendType.AZURERM },
  stack: string,
): HandedBackend {
  const { backendType: type, config = {} } = backend;
  const settings = Object.entries(settingsOf(backend, stack) as JsonObject);
  const isFixed = (key: string) =>
    type === BackendType.CLOUD ||
    (type === "azurerm" && key === "key") ||
    namesStack(config[key] ?? null);
  return {
    type,
    fixed: Object.fromEntries(settings.filter(([key]) => isFixed(key))),
    // The default path of a local backend is relative to the output folder of synth, and invalid here.
    shared: Object.fromEntries(settings.filter(([key]) => !isFixed(key) && key in config)),
  };
}

/** Returns the backend block of a folder; undefined if it has none. */
export function blockOf({ type, fixed }: HandedBackend): JsonObject | undefined {
  switch (type) {
    case BackendType.NONE:
      return undefined;
    case BackendType.CLOUD:
      return { cloud: fixed };
    default:
      return { backend: { [type]: fixed } };
  }
}

/** Whether `terraform init` accepts settings for the backend; it does not for `cloud`. */
export function takesSettings({ type }: HandedBackend): boolean {
  return type !== BackendType.NONE && type !== BackendType.CLOUD;
}

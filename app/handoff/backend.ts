// The backend of a folder: what tells states apart is written in, the rest is given to terraform init. Pure.
import { BackendSpec, BackendType } from "../../lib";
import { namesStack, settingsOf } from "../../lib/stacks/backend-types";
import { JsonObject } from "./stack-json";

/** A backend, with its settings in two parts. */
export interface HandedBackend {
  readonly type: string;
  /** Settings that tell the states of the stacks apart; they stay in the folder. */
  readonly own: JsonObject;
  /** Settings that are the same for all stacks of a team: `terraform init -backend-config=…` takes them. */
  readonly given: JsonObject;
}

/** Returns the backend of a stack; azurerm if the description has none, since a local state is nothing to share. */
export function backendOf(
  backend: BackendSpec = { backendType: BackendType.AZURERM },
  stack: string,
): HandedBackend {
  const { backendType: type, config = {} } = backend;
  const settings = Object.entries(settingsOf(backend, stack) as JsonObject);
  const isOwn = (key: string) =>
    type === BackendType.CLOUD ||
    (type === "azurerm" && key === "key") ||
    namesStack(config[key] ?? null);
  return {
    type,
    own: Object.fromEntries(settings.filter(([key]) => isOwn(key))),
    // The default of a local path leads from the output folder to a place beside it, and not from here.
    given: Object.fromEntries(settings.filter(([key]) => !isOwn(key) && key in config)),
  };
}

/** The block that the folder of a stack holds; undefined if there is none. */
export function blockOf({ type, own }: HandedBackend): JsonObject | undefined {
  switch (type) {
    case BackendType.NONE:
      return undefined;
    case BackendType.CLOUD:
      return { cloud: own };
    default:
      return { backend: { [type]: own } };
  }
}

/** Whether `terraform init` takes settings for it: `cloud` takes none. */
export function takesSettings({ type }: HandedBackend): boolean {
  return type !== BackendType.NONE && type !== BackendType.CLOUD;
}

// The output of both packages: how that of hardened-aks becomes that of hardened-aks-cdktn.
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import lane from "../../compat/cdktn/package.json";
import { devDependencies } from "../../package.json";
import { textOf } from "../scenarios";

const STAMPS = [devDependencies.cdktf, lane.devDependencies.cdktn] as const;
const CONSTRAINTS = ["~> 4.55", "~> 4.73"] as const;

/** The block that each cluster has by default on cdktn, where stacks are written for a later line of azurerm. */
const BLOCK = "node_provisioning_profile";
const MANUAL = { mode: "Manual" };

/** A stack or a manifest. */
interface Stamped {
  version?: string;
  readonly "//"?: { readonly metadata?: { version?: string; overrides?: Overrides } };
  readonly resource?: { readonly azurerm_kubernetes_cluster?: { [name: string]: object } };
}

interface Overrides {
  readonly azurerm_kubernetes_cluster?: readonly string[];
}

/** Returns JSON of hardened-aks for a line of azurerm that the description names, as it is on cdktn. */
function stamped(text: string): Stamped {
  const json = JSON.parse(text) as Stamped;
  const holder = json["//"]?.metadata ?? json;
  if (holder.version === STAMPS[0]) {
    holder.version = STAMPS[1];
  }
  return json;
}

/** Returns a JSON text of hardened-aks as it is on cdktn, which has a later line of azurerm by default. */
export function jsonOnCdktn(text: string): string {
  const json = stamped(text.replaceAll(...CONSTRAINTS));
  const { azurerm_kubernetes_cluster: clusters } = json.resource ?? {};
  const metadata = json["//"]?.metadata;
  if (clusters && metadata) {
    const before = metadata.overrides?.azurerm_kubernetes_cluster ?? [];
    const overridden = [...new Set([...before, BLOCK])].sort();
    metadata.overrides = sorted({ ...metadata.overrides, azurerm_kubernetes_cluster: overridden });
    for (const [name, cluster] of Object.entries(clusters)) {
      clusters[name] = sorted({ [BLOCK]: MANUAL, ...cluster });
    }
  }
  return JSON.stringify(json, undefined, 2);
}

function sorted(object: object): object {
  const entries = Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

/** Returns the content of each file of an output folder, by its path: JSON as data, other texts as lines. */
export function contentOf(folder: string, isOfCdktf = false): { [file: string]: unknown } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    files.map((file) => {
      const text = textOf(file);
      const dataOf = (json: string) => (isOfCdktf ? stamped(json) : (JSON.parse(json) as unknown));
      return [relative(folder, file), file.endsWith(".json") ? dataOf(text) : text.split("\n")];
    }),
  );
}

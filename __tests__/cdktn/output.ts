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

/** Returns a text of hardened-aks as it is on cdktn. */
export function onCdktn(text: string): string {
  return text.replaceAll(...CONSTRAINTS);
}

/** Returns a JSON text of hardened-aks as it is on cdktn, which also formats it in another way. */
export function jsonOnCdktn(text: string): string {
  const json = JSON.parse(onCdktn(text)) as Stamped;
  const stamped = json["//"]?.metadata ?? json;
  if (stamped.version === STAMPS[0]) {
    stamped.version = STAMPS[1];
  }
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
      const content = file.endsWith(".json")
        ? (JSON.parse(isOfCdktf ? jsonOnCdktn(text) : text) as unknown)
        : (isOfCdktf ? onCdktn(text) : text)
            .split("\n")
            .filter((line) => !isSumWithConstraint(line));
      return [relative(folder, file), content];
    }),
  );
}

/** Whether a line is the checksum of a file with the constraint, which differs. */
function isSumWithConstraint(line: string): boolean {
  return /^[0-9a-f]{64} {2}(README\.md|terraform\.tf\.json)$/.test(line);
}

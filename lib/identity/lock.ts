// Locks against deletion.
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { Construct } from "constructs";
import { keepAsMade } from "../hcl/kept";

/** A lock on a resource or on a resource group. */
interface LockProps {
  /** Its name, its level and its notes. */
  readonly lock: { readonly name: string; readonly level: string; readonly notes: string };
  readonly scopeId: string;
  /** Whether Terraform refuses to lift it while the description has it; by default it does. */
  readonly preventDestroy?: boolean;
}

/** Creates a lock. */
export function makeLock(
  scope: Construct,
  id: string,
  { lock: { name, level, notes }, scopeId, preventDestroy = true }: LockProps,
): ManagementLock {
  const made = new ManagementLock(scope, id, {
    name,
    scope: scopeId,
    lockLevel: level,
    notes,
    // Azure cannot change the notes of a lock: other words of a release must not replace it.
    lifecycle: { preventDestroy: preventDestroy || undefined, ignoreChanges: ["name", "notes"] },
  });
  keepAsMade(made);
  return made;
}

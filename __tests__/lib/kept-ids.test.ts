// Ids of a live cluster that Terraform ignores, and compares without their spelling.
import { ClusterSpec, DiskEncryption, ExceptionName, ResourceReference } from "../../lib";
import { HUB_ZONE, SMALL, idOf, render, stacksOf } from "../scenarios";

const SPEC: ClusterSpec = {
  ...SMALL,
  privateDns: HUB_ZONE,
  diskEncryption: DiskEncryption.customerManaged(
    ResourceReference.byId(idOf("Microsoft.Compute/diskEncryptionSets", "des")),
  ),
};

function lifecycleOf(spec: ClusterSpec) {
  const { resource } = render(stacksOf(spec).cluster);
  const [cluster] = Object.values(resource!.azurerm_kubernetes_cluster!);
  return cluster!.lifecycle as {
    readonly ignore_changes: string[];
    readonly postcondition: { readonly condition: string }[];
  };
}

test.each(["private_dns_zone_id", "disk_encryption_set_id"])(
  "%s is ignored and compared, unless the cluster may be replaced or does not have it",
  (attribute) => {
    const isKept = (spec: ClusterSpec) => {
      const { ignore_changes: ignored, postcondition } = lifecycleOf(spec);
      const isCompared = postcondition.some(({ condition }) =>
        condition.includes(`lower(self.${attribute})`),
      );
      return [ignored.includes(attribute), isCompared];
    };
    const exceptions = [
      { name: ExceptionName.REPLACEABLE_CLUSTER, reason: "It is part of this test." },
    ];
    expect(isKept(SPEC)).toEqual([true, true]);
    expect(isKept({ ...SPEC, exceptions })).toEqual([false, false]);
    expect(isKept(SMALL)).toEqual([false, false]);
  },
);

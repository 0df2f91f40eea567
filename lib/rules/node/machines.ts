// HAKS-NODE-005 to 010, 014, 017 and 018: sizes, disks, systems, spot and GPUs of nodes. Pure.
// The dates are those known on 2026-11-23. Rules do not look at the clock, so that findings do not change by themselves.
import { EvictionPolicy, GpuDriver, GpuInstance, OperatingSystem, OsSku } from "../../spec/nodes";
import { entryOf } from "../../spec/tables";
import { isVmSize, nearestVmSize } from "../../spec/vm-sizes";
import { minorOf } from "../k8s";
import { Rule, forEachPool, hasException, isWholeNumber, reportUnlessOneOf } from "../rule";

const SPOT = "https://learn.microsoft.com/azure/aks/spot-node-pool";
const SYSTEMS = "https://learn.microsoft.com/azure/aks/upgrade-os-version";

/**
 * Sizes without a local disk, or with one of less than 128 GiB: D and E since version 4 and F since version 6 without
 * a d, except Das and Eas of version 4; small B; and A.
 */
const DISKLESS =
  /^Standard_(?:(?:D|E|DC|EC)\d+(?:-\d+)?(?![a-z]*d)(?!as_v4)[a-z]*_v(?:[4-9]|\d\d)|F\d+(?![a-z]*d)[a-z]*_v(?:[6-9]|\d\d)|B\d+[a-z]*_v2|B(?:1|2|4|8|12)[a-z]+|A\d+m?_v2)$/;

/** The form of the name of a size. */
const VM_SIZE = /^Standard_[A-Za-z0-9_-]{2,60}$/;

/** The size of a disk that AKS chooses, in GiB. */
const DEFAULT_DISK = 128;

/** D and E sizes of versions 4 and 5 with a local disk of 37.5 GiB for each processor. */
const LOCAL_DISK = /^Standard_(?:D|E)(\d+)(?:-\d+)?[a-z]*d[a-z]*_v[45]$/;
const GIB_PER_PROCESSOR = 37.5;

const LINUX = Object.values(OsSku).filter((osSku) => osSku !== OsSku.WINDOWS_2022);

/** The minor versions of Kubernetes that an operating system with a version is for. */
const SYSTEM_VERSIONS: { readonly [osSku: string]: readonly [first: number, last: number] } = {
  AzureLinux3: [28, 36],
  Ubuntu2204: [25, 36],
  Windows2022: [23, 36],
};

/** The minor version from which on Windows nodes have Windows Server 2025 by default. */
const WINDOWS_2025_FROM = 36;

/** Operating systems of nodes whose support ends, with the date. */
const SYSTEM_ENDS: { readonly [osSku: string]: string } = {
  Ubuntu2204: "2027-06-30",
  Windows2022: "2028-06-30",
};

/** The rules about the machines of node pools. */
export const MACHINE_RULES: Rule[] = [
  {
    code: "HAKS-NODE-005",
    title: "An ephemeral disk must fit onto the local disk of the virtual machine.",
    source: "https://learn.microsoft.com/azure/aks/concepts-storage#ephemeral-os-disks-in-aks",
    check: forEachPool(({ path, name, vmSize, osDiskSizeGb = DEFAULT_DISK }, report, spec) => {
      if (hasException(spec, "managedOsDisk")) {
        return;
      }
      const [, processors] = LOCAL_DISK.exec(vmSize) ?? [];
      const room = Number(processors) * GIB_PER_PROCESSOR;
      if (DISKLESS.test(vmSize)) {
        report(
          `${path}.vmSize`,
          `The pool "${name}" has ephemeral disks, and ${vmSize} has no local disk that is large enough for them.`,
          `Use a size with a d, such as Standard_D4ds_v5, or add the exception "managedOsDisk", with a reason.`,
        );
      } else if (osDiskSizeGb > room) {
        report(
          `${path}.osDiskSizeGb`,
          `The local disk of ${vmSize} has ${room} GiB, and the ephemeral disk of the pool "${name}" ${osDiskSizeGb}.`,
          "Give the disk a size that fits, or use a larger size of machines.",
          `${path}.vmSize`,
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-006",
    title: "A node pool must have a valid virtual machine size, and an OS disk of 30 to 2048 GiB.",
    source: "https://learn.microsoft.com/azure/aks/create-node-pools",
    check: forEachPool(({ path, vmSize, osDiskSizeGb = DEFAULT_DISK }, report) => {
      if (!VM_SIZE.test(vmSize)) {
        report(
          `${path}.vmSize`,
          `"${vmSize}" is not a size of virtual machines.`,
          `Use a size such as ${nearestVmSize(vmSize) ?? "Standard_D4ds_v5"}.`,
        );
      }
      if (!isWholeNumber(osDiskSizeGb, 30, 2048)) {
        report(
          `${path}.osDiskSizeGb`,
          `A disk cannot have ${osDiskSizeGb} GiB.`,
          "Use a whole number from 30 to 2048, or leave it out.",
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-021",
    severity: "warning",
    title: "Sizes of virtual machines should be known.",
    source: "https://learn.microsoft.com/azure/virtual-machines/sizes/overview",
    check: forEachPool(({ path, vmSize }, report) => {
      if (VM_SIZE.test(vmSize) && !isVmSize(vmSize)) {
        const size = nearestVmSize(vmSize);
        report(
          `${path}.vmSize`,
          `"${vmSize}" is not a size of virtual machines that this version knows.`,
          `${size === undefined ? "Check the name" : `Use ${size}`}, unless it is a newer size.`,
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-007",
    title:
      "A node pool must have an operating system of AKS, and a Windows pool a name of at most 6 characters.",
    source: SYSTEMS,
    check: forEachPool(({ path, name, os, osSku }, report) => {
      reportUnlessOneOf(report, `${path}.os`, os, OperatingSystem);
      if (osSku !== undefined) {
        reportUnlessOneOf(
          report,
          `${path}.osSku`,
          osSku,
          os === "Windows" ? [OsSku.WINDOWS_2022] : LINUX,
        );
      }
      if (os === "Windows" && name.length > 6) {
        report(
          `${path}.name`,
          `The name of the Windows pool "${name}" has ${name.length} characters.`,
          "Use at most 6.",
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-008",
    title:
      "A spot pool must have a valid maximum price, and must not have reserved machines or upgrade settings.",
    source: SPOT,
    check: forEachPool((pool, report) => {
      const { path, name, spot } = pool;
      if (!spot) {
        return;
      }
      const { evictionPolicy, maxPrice } = spot;
      reportUnlessOneOf(report, `${path}.spot.evictionPolicy`, evictionPolicy, EvictionPolicy);
      if (maxPrice !== -1 && (maxPrice === 0 || !/^\d{1,6}(\.\d{1,5})?$/.test(String(maxPrice)))) {
        report(
          `${path}.spot.maxPrice`,
          `"${maxPrice}" is not a valid maximum price in US dollars per hour.`,
          "Use -1 for the price of a regular node, or more than 0, with at most five decimals.",
        );
      }
      if (pool.capacityReservationGroup ?? pool.hostGroup) {
        report(
          `${path}.spot`,
          `The spot pool "${name}" has reserved machines.`,
          "Leave spot out, or the capacity reservation group and the host group.",
        );
      }
      if (Object.values(pool.upgrade).some((value) => value !== undefined)) {
        report(
          `${path}.upgrade`,
          `The pool "${name}" is a spot pool, and upgrades add no nodes to spot pools.`,
          "Leave upgrade out.",
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-009",
    title: "A node pool with GPU settings must have a GPU size, and valid settings.",
    source: "https://learn.microsoft.com/azure/aks/gpu-cluster",
    check: forEachPool(({ path, vmSize, gpu }, report) => {
      if (!gpu) {
        return;
      }
      const { driver = "Install", instance } = gpu;
      reportUnlessOneOf(report, `${path}.gpu.driver`, driver, GpuDriver);
      if (instance !== undefined) {
        reportUnlessOneOf(report, `${path}.gpu.instance`, instance, GpuInstance);
      }
      if (!isGraphicsSize(vmSize)) {
        report(
          `${path}.gpu`,
          `${vmSize} has no GPUs.`,
          "Use a size whose name starts with Standard_N, or leave gpu out.",
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-010",
    title: "GPU nodes with Azure Linux must not use the channel SecurityPatch.",
    source: "https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image",
    check: forEachPool(({ path, name, vmSize, osSku }, report, { upgrades }) => {
      if (
        upgrades.nodeOsChannel === "SecurityPatch" &&
        isGraphicsSize(vmSize) &&
        osSku?.startsWith("AzureLinux")
      ) {
        report(
          `${path}.osSku`,
          `The channel SecurityPatch does not patch the GPU nodes of the pool "${name}" with Azure Linux.`,
          "Use the channel NodeImage, or Ubuntu.",
          "upgrades.nodeOsChannel",
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-014",
    severity: "warning",
    title: "Nodes should not run an operating system whose end of support is announced.",
    source: SYSTEMS,
    check: forEachPool(({ path, name, os, osSku }, report, spec) => {
      const isWindows2022 = os === "Windows" && (minorOf(spec) ?? 0) < WINDOWS_2025_FROM;
      const system = osSku ?? (isWindows2022 ? "Windows2022" : "");
      const end = entryOf(SYSTEM_ENDS, system);
      if (end !== undefined) {
        report(
          `${path}.osSku`,
          `The support of the operating system ${system} of the pool "${name}" ends on ${end}.`,
          "Plan its replacement, or leave osSku out for the default of AKS.",
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-017",
    title: "Spot nodes with ephemeral disks must have the eviction policy Delete.",
    source: SPOT,
    check: forEachPool(({ path, name, spot }, report, spec) => {
      if (spot?.evictionPolicy === "Deallocate" && !hasException(spec, "managedOsDisk")) {
        report(
          `${path}.spot.evictionPolicy`,
          `The nodes of the pool "${name}" have ephemeral disks, which cannot be kept.`,
          'Use Delete, or add the exception "managedOsDisk", with a reason.',
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-018",
    title: "The operating system of a pool must support the Kubernetes version.",
    source: SYSTEMS,
    check: forEachPool(({ path, name, os, osSku, fips }, report, spec) => {
      const minor = minorOf(spec);
      if (minor === undefined) {
        return;
      }
      const [first = 0, last = minor] = entryOf(SYSTEM_VERSIONS, osSku ?? "") ?? [];
      if (minor < first || minor > last) {
        report(
          `${path}.osSku`,
          `The operating system ${osSku} of the pool "${name}" is for Kubernetes 1.${first} to 1.${last}, and the version is 1.${minor}.`,
          "Leave osSku out for the default of AKS, or use another version.",
          "kubernetesVersion",
        );
      } else if (os === "Windows" && osSku === undefined && minor >= WINDOWS_2025_FROM && !fips) {
        report(
          `${path}.fips`,
          `From Kubernetes 1.${WINDOWS_2025_FROM} on, Windows nodes have Windows Server 2025, which AKS has only with FIPS: the pool "${name}" cannot be created.`,
          `Set fips to true${minor > WINDOWS_2025_FROM ? "" : ", or osSku to Windows2022"}.`,
          "kubernetesVersion",
        );
      }
    }),
  },
];

function isGraphicsSize(vmSize: string): boolean {
  return /^Standard_N/i.test(vmSize);
}

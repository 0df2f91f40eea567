// What several node pools have in common, under one name.
import { copied } from "./values";
import {
  NodePoolOptions,
  NodePoolSettings,
  SystemPoolSpec,
  UserPoolSettings,
  UserPoolSpec,
} from "./nodes";

/** What pools of a preset have in common. */
export interface NodePoolPresetOptions extends NodePoolOptions, UserPoolSettings {}

/**
 * What several node pools have in common: a preset of the library, or one of your own.
 *
 * Every size has a local disk that holds the ephemeral OS disk.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 */
export class NodePoolPreset {
  /** For most applications: 4 processors and 16 GiB on each node. */
  public static readonly GENERAL = NodePoolPreset.of({ vmSize: "Standard_D4ds_v5" });

  /** For databases and caches: 4 processors and 32 GiB on each node. */
  public static readonly MEMORY = NodePoolPreset.of({ vmSize: "Standard_E4ds_v5" });

  /**
   * For work that can be broken off, at a lower price: 4 processors and 16 GiB on each spot node. A user
   * pool only.
   */
  public static readonly SPOT = NodePoolPreset.of({ vmSize: "Standard_D4ds_v5", spot: {} });

  /**
   * A preset of your own.
   *
   * @param options what its pools have in common
   */
  public static of(options: NodePoolPresetOptions): NodePoolPreset {
    return new NodePoolPreset(copied(options));
  }

  private constructor(
    /** What its pools have in common. */
    public readonly options: NodePoolPresetOptions,
  ) {}

  /**
   * A user pool.
   *
   * @param name name of the pool: 1 to 12 lower-case letters and digits, starting with a letter
   * @param changes what is different in this pool; nothing by default
   */
  public userPool(name: string, changes: UserPoolSettings = {}): UserPoolSpec {
    return copied({ ...this.options, ...given(changes), name });
  }

  /**
   * A system pool. Operating system (with an image that is not for Linux), taints, spot and graphics
   * processors are those of user pools, and left out.
   *
   * @param changes what is different in this pool; nothing by default
   */
  public systemPool(changes: NodePoolSettings = {}): SystemPoolSpec {
    // The image of a pool that is not Linux goes with its operating system.
    const isLinux = (this.options.os ?? "Linux") === "Linux";
    const common = Object.entries(this.options).filter(
      ([name]) => !OF_USER_POOLS.includes(name) && (isLinux || name !== "osSku"),
    );
    return copied({
      ...(Object.fromEntries(common) as unknown as NodePoolOptions),
      ...given(changes),
    });
  }
}

const OF_USER_POOLS = ["os", "taints", "spot", "gpu"];

// What other languages leave out comes as undefined.
function given<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

// Preflight: what is wrong is said by the plan, and not by Azure in the middle of an apply.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { Postcondition, TerraformLocal, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { IClusterIdentities } from "../../identity/cluster-identities";
import { VirtualNetwork } from "../../existing/virtual-network";
import { PlannedGrant } from "../../access/planned-grant";
import { AddressPlan } from "../../addresses/address-plan";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { nonEmpty } from "../surroundings";
import { Assertion } from "./checks";
import { clusterChecks, identityChecks } from "./cluster-checks";
import { addressOf } from "../../hcl/addresses";
import { quoted, template, templated } from "../../hcl/expressions";
import { referenceTo } from "../../hcl/resolved";
import { Facts } from "./facts";
import { grantPreconditions } from "./grant-preflight";
import { networkPreconditions } from "./network-preflight";
import { vaultPreconditions } from "./vault-preflight";
import { Condition, TerraformCheck } from "../../hcl/terraform-check";
import { LibraryConstruct } from "../../terraform/one-copy";

/** Properties of the preflight of a cluster. */
export interface PreflightProps {
  readonly spec: ResolvedSpec;
  /** The rows of the grant plan. */
  readonly grants: PlannedGrant[];
  /** The rights that the caller must hold, because the description names no deployer. */
  readonly callerRights: readonly PlannedGrant[];
  readonly addresses: AddressPlan;
  readonly identities: IClusterIdentities;
  readonly virtualNetwork: VirtualNetwork;
  /** The tenant that the cluster is to be in. */
  readonly tenantId: string;
  /** Whether role assignments are created in this stack, so that no plan can find them before. */
  readonly grantsArePending: boolean;
  /** Whether the cluster's resource group is made in this stack. */
  readonly makesResourceGroup: boolean;
}

/**
 * The checks of a cluster, before and after it is made.
 *
 * They read with data sources, and Reader is enough for all of them. The cluster refers to them in
 * conditions only: none of its attributes waits for them.
 */
export class Preflight extends LibraryConstruct {
  private readonly facts: Facts;
  private readonly kubelet: string;
  private readonly preconditions: Assertion[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: PreflightProps,
  ) {
    super(scope, id);
    const { spec, identities, grantsArePending } = props;
    this.facts = new Facts(this);
    const about = (words: string, kind: keyof IClusterIdentities) => {
      const { identityId, principalId, tenantId } = identities[kind];
      return this.facts.about(words, {
        id: identityId,
        principal_id: principalId,
        tenant_id: tenantId,
      });
    };
    const isAsked = [spec.preflight.identityGrants, spec.preflight.cluster].some(
      (mode) => mode !== "off",
    );
    const controlPlane = isAsked ? about("control plane identity", "controlPlane") : "";
    this.kubelet = isAsked ? about("kubelet identity", "kubelet") : "";
    this.preconditions = [
      ...this.identityPreconditions(controlPlane),
      ...networkPreconditions(this, { ...props, facts: this.facts }),
      ...vaultPreconditions(this, spec, this.facts),
      ...(grantsArePending
        ? []
        : grantPreconditions(this, {
            ...props,
            facts: this.facts,
            identityFacts: { controlPlane, kubelet: this.kubelet },
          })),
    ];
  }

  /**
   * Makes a cluster wait for the checks, and checks it once it is made.
   *
   * @param always what must hold of it in any mode
   */
  public guard(cluster: KubernetesCluster, always: Postcondition[]): void {
    const { spec } = this.props;
    const isEnforced = ({ check }: Assertion) =>
      spec.preflight.cluster === "enforce" && !(check === "kubeletInUse" && this.mayMove);
    if (spec.preflight.cluster !== "off") {
      const address = addressOf(cluster);
      const warned = clusterChecks(spec, address, this.kubelet).filter((one) => !isEnforced(one));
      new TerraformCheck(this, "cluster").add(warned);
    }
    const after = clusterChecks(spec, "self", this.kubelet).filter(isEnforced);
    cluster.lifecycle = {
      ...cluster.lifecycle,
      precondition: this.named(this.preconditions),
      postcondition: nonEmpty([...always, ...(conditions(after) ?? [])]),
    };
  }

  /**
   * Whether the cluster may exist already, and still move to its kubelet identity: then a plan must not fail. A new cluster
   * gets the identity that is described, so there is nothing to enforce; one whose stack makes the identities is new, too.
   */
  private get mayMove(): boolean {
    return !this.props.grantsArePending;
  }

  // By way of a local, so that Terraform shows a name beside the sentence, and not the whole expression.
  private named(assertions: Assertion[]): TerraformResourceLifecycle["precondition"] {
    const name = ({ check, of }: Assertion) => templated(`${check} ${of}`);
    if (assertions.length === 0) {
      return undefined;
    }
    const local = new TerraformLocal(
      this,
      "preflight",
      Object.fromEntries(assertions.map((one) => [name(one), template(one.holds)])),
    );
    const holds = (one: Assertion) => `${referenceTo(local)}[${JSON.stringify(name(one))}]`;
    const single = assertions.filter(({ remedy }) => remedy === undefined);
    return conditions([
      ...single.map((one) => ({ ...one, holds: holds(one) })),
      ...this.listed(
        assertions.filter(({ remedy }) => remedy !== undefined),
        holds,
      ),
    ]);
  }

  // One list for each team, instead of an error for each of its role assignments.
  private listed(assertions: Assertion[], holds: (one: Assertion) => string): Condition[] {
    const remedies = [...new Set(assertions.map(({ remedy = "" }) => remedy))];
    if (remedies.length === 0) {
      return [];
    }
    const missing = new TerraformLocal(
      this,
      "missing",
      Object.fromEntries(
        remedies.map((remedy) => {
          const texts = assertions
            .filter((one) => one.remedy === remedy)
            .map((one) => `${holds(one)} ? [] : [${quoted(one.message)}]`);
          return [remedy, template(`concat(${texts.join(", ")})`)];
        }),
      ),
    );
    return remedies.map((remedy) => {
      const list = `${referenceTo(missing)}[${JSON.stringify(remedy)}]`;
      return {
        holds: `length(${list}) == 0`,
        message: `${capitalized(remedy)}:\n- \${join("\\n- ", ${list})}`,
      };
    });
  }

  private identityPreconditions(controlPlane: string): Assertion[] {
    const { spec, identities, tenantId } = this.props;
    const mode = spec.preflight.cluster;
    if (mode === "off") {
      return [];
    }
    const identity = (kind: keyof IClusterIdentities, words: string, facts: string) => ({
      words,
      name: spec.identities[kind].name,
      facts,
      hasTenant: identities[kind].tenantId !== undefined,
    });
    const assertions = identityChecks(
      identity("controlPlane", "control plane identity", controlPlane),
      identity("kubelet", "kubelet identity", this.kubelet),
      `${this.facts.about("cluster", { tenant_id: tenantId })}.tenant_id`,
    );
    if (mode === "enforce") {
      return assertions;
    }
    new TerraformCheck(this, "both-identities").add(assertions);
    return [];
  }
}

function capitalized(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}

function conditions(assertions: Condition[]): TerraformResourceLifecycle["precondition"] {
  return assertions.length === 0
    ? undefined
    : assertions.map(({ holds, message }) => ({
        condition: template(holds),
        errorMessage: message,
      }));
}

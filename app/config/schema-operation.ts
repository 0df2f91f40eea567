// How the cluster is run, in haks.yaml. Pure.
import * as v from "valibot";
import { flag, group, list, meta, resource, text } from "./schema-fields";

const { optional } = v;

export const monitoring = group("Where logs and metrics go.", {
  logAnalyticsWorkspace: optional(
    resource(
      "Log Analytics workspace for Container Insights, Defender and audit logs. Default: none.",
      "Microsoft.OperationalInsights/workspaces",
    ),
  ),
  logCategories: optional(
    list(
      "Categories of the control plane's logs. Default: cluster-autoscaler, guard, kube-apiserver, kube-audit-admin, kube-controller-manager, kube-scheduler.",
      text("A category.", "guard"),
    ),
  ),
  prometheusWorkspace: optional(
    resource(
      "Azure Monitor workspace: turns managed Prometheus on. Default: none.",
      "Microsoft.Monitor/accounts",
    ),
  ),
  location: optional(
    text("Region of the workspaces. Default: the cluster's region.", "westeurope"),
  ),
});

export const serviceMesh = group("The Istio add-on, with the certificate authority of AKS.", {
  revisions: list(
    "Revisions: one, or two during an upgrade.",
    text("A revision, as az aks mesh get-revisions lists it.", "asm-1-27"),
  ),
  internalIngress: optional(
    flag("Whether an ingress gateway has an address of the virtual network. Default: false."),
  ),
  externalIngress: optional(
    flag("Whether an ingress gateway has a public address. Default: false."),
  ),
});

const limit = (words: string) => optional(text(`${words} Default: 90m.`, "90m"));

export const timeouts = group("How long Terraform waits for the cluster.", {
  create: limit("For its creation."),
  update: limit("For a change."),
  delete: limit("For its deletion."),
});

const attributes = (description: string) =>
  v.pipe(v.record(v.string(), v.unknown()), meta(description));

export const overrides = group(
  "Attributes of azurerm that this file has no words for, in Terraform's spelling. What it has words for, and what would weaken the cluster, is refused.",
  {
    cluster: optional(attributes("Attributes of azurerm_kubernetes_cluster. Default: none.")),
    nodePools: optional(
      v.pipe(
        v.record(v.string(), attributes("Attributes of the pool.")),
        meta("Attributes of node pools, by the name of the pool. Default: none."),
      ),
    ),
  },
);

export const addOns = list(
  "Further add-ons. Those that would need rights for an identity which exists only after the cluster are refused, with the alternative. Default: none.",
  text("Name of an add-on: costAnalysis, keda or verticalPodAutoscaler.", "keda"),
);

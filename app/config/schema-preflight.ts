// The preflight checks in haks.yaml. Pure.
import { PreflightMode } from "../../lib";
import * as v from "valibot";
import { choice, group } from "./schema-fields";

const mode = (description: string) =>
  v.optional(choice(`${description} Default: enforce.`, Object.values(PreflightMode)));

export const preflight = group(
  "What the cluster stack checks before Azure does. enforce stops the plan, warn prints and goes on, off reads nothing for the checks.",
  {
    identityGrants: mode("The rights of the control plane identity and the kubelet identity."),
    peopleGrants: mode(
      "The rights of deployers and of those who work in Kubernetes, as far as their object ids are given.",
    ),
    network: mode("Subnets and virtual network: size, ranges, region, route table."),
    cluster: mode(
      "The identities themselves, and the cluster once it is there: kubelet identity, local accounts, OIDC issuer.",
    ),
  },
);

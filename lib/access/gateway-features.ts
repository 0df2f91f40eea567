// Application Gateway for Containers: the rights of its controller, which is a workload, after the cluster. Pure.
import { GATEWAY_CONTROLLER } from "../spec/add-ons";
import { nodeResourceGroupOf } from "../spec/resolved-spec";
import { LEARN, Requirement, groupOf, needs, onlyAfterCluster, subnets } from "./feature";
import { referencesAt } from "./placed-references";

const PAGES = `${LEARN}/application-gateway/for-containers`;
const GATEWAY_PAGE = `${PAGES}/quickstart-create-application-gateway-for-containers-byo-deployment`;
const CONTROLLER_PAGE = `${PAGES}/quickstart-deploy-application-gateway-for-containers-alb-controller-helm`;

const ofController = (requirement: Requirement) => ({
  workload: GATEWAY_CONTROLLER,
  ...requirement,
});

/** The features of Application Gateway for Containers. */
export const GATEWAY_FEATURES = onlyAfterCluster(
  [
    {
      name: "Application Gateway for Containers",
      source: GATEWAY_PAGE,
      on: (spec) =>
        referencesAt(spec, "gatewayForContainers.gateway").flatMap(({ reference }) =>
          reference ? [{ scope: groupOf("gatewayGroup", reference) }] : [],
        ),
      workload: ofController(
        needs(
          "gatewayConfiguration",
          "The controller of Application Gateway for Containers configures the gateway.",
          "addOn",
          GATEWAY_PAGE,
          "Microsoft names the role on the resource group of the gateway, and no operations of it: both role sets have the built-in role. Contributor and Owner do not suffice: they lack its data actions. The role also deploys templates in the group, which gives no further right on resources.",
        ),
      ),
    },
    {
      name: "subnet of Application Gateway for Containers",
      source: GATEWAY_PAGE,
      on: subnets(({ gatewayForContainers }) => [gatewayForContainers?.subnet]),
      workload: ofController(
        needs(
          "gatewaySubnet",
          "The controller of Application Gateway for Containers joins the gateway to the subnet.",
          "linkedAccess",
          GATEWAY_PAGE,
        ),
      ),
    },
    {
      name: "nodes of Application Gateway for Containers",
      source: CONTROLLER_PAGE,
      on: (spec) =>
        spec.gatewayForContainers
          ? [{ scope: { kind: "nodeResourceGroup", name: nodeResourceGroupOf(spec) } }]
          : [],
      workload: ofController(
        needs(
          "nodeGroupRead",
          "The controller of Application Gateway for Containers reads the resources of the nodes.",
          "addOn",
          CONTROLLER_PAGE,
          "Microsoft names Reader on the node resource group, and no operations: both role sets have the built-in role. AKS creates the group for one cluster, so that nothing else is in it.",
        ),
      ),
    },
  ],
  "controller",
);

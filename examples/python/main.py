"""The lab of ../lab/main.ts, in Python: the same three stacks."""

from cdktf import App
from hardened_aks import (
    ClusterPlan,
    ClusterStacks,
    DiskEncryption,
    Egress,
    ExceptionName,
    HardeningException,
    NetworkSpec,
    NodePoolsSpec,
    ResourceGroupSpec,
    ResourceReference,
    SystemPoolSpec,
    UserPoolSpec,
)

app = App()
ClusterStacks(
    app,
    plan=ClusterPlan(
        name="haks",
        location="westeurope",
        resource_group=ResourceGroupSpec(name="hardenedaks", create=True),
        network=NetworkSpec(
            virtual_network=ResourceReference.by_name(
                name="haks-vnet", resource_group="haks-network"
            ),
            node_subnet="aks-nodes",
            egress=Egress.load_balancer(),
        ),
        node_pools=NodePoolsSpec(
            system=SystemPoolSpec(vm_size="Standard_D4ds_v5"),
            user=[UserPoolSpec(name="apps", vm_size="Standard_D4ds_v5", max_count=6)],
        ),
        disk_encryption=DiskEncryption.platform_managed(),
        exceptions=[
            HardeningException(
                name=ExceptionName.NO_MONITORING, reason="The lab has no log workspace."
            )
        ],
    ),
)
app.synth()

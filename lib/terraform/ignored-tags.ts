// Tags that something else sets, such as a policy: Terraform leaves them as they are.
import { TerraformResource } from "cdktf";
import { IConstruct } from "constructs";

/** Makes Terraform ignore some tags of the resources in a construct. */
export function ignoreTags(scope: IConstruct, tags: readonly string[]): void {
  if (tags.length === 0) {
    return;
  }
  const paths = tags.map((name) => `tags[${JSON.stringify(name)}]`);
  for (const one of scope.node.findAll()) {
    if (TerraformResource.isTerraformResource(one) && "tagsInput" in one) {
      const { ignoreChanges = [], ...rest } = one.lifecycle ?? {};
      one.lifecycle = { ...rest, ignoreChanges: [...ignoreChanges, ...paths] };
    }
  }
}

// The settings of the backup extension with variables: parts of the storage account, and the container. Pure.
import { ClusterSpec } from "../../lib";
import { LOCATION } from "../../lib/spec/backup";
import { VariableIndex, inner } from "./variable-index";

const STORAGE = "Microsoft.Storage/storageAccounts";

/** Returns a setting of the extension with variables; undefined for another attribute, or without a variable for it. */
export function backupSetting(
  key: string,
  { backup, subscriptionId = "" }: ClusterSpec,
  index: VariableIndex,
): string | undefined {
  if (key === "credentials.tenantId") {
    return index.find("tenant");
  }
  if (!backup || !key.startsWith(LOCATION)) {
    return undefined;
  }
  const { id, name, resourceGroup = "", subscriptionId: place = "" } = backup.storageAccount;
  const account = (): string | undefined => {
    const byId = id === undefined ? undefined : index.find("id", (place) => place.id === id);
    return byId === undefined
      ? index.resource(STORAGE, name, place, resourceGroup)
      : `\${split("/", ${inner(byId)})[8]}`;
  };
  switch (key.slice(LOCATION.length + 1)) {
    case "bucket":
      return index.find("blobContainer");
    case "config.subscriptionId":
      // Without one, the variable may be null, and Terraform asks the provider.
      return place + subscriptionId === "" ? undefined : index.subscription(place);
    case "config.resourceGroup":
      return index.group(place, resourceGroup);
    case "config.storageAccount":
      return account();
    case "config.storageAccountURI":
      return blobEndpoint(account());
    default:
      return undefined;
  }
}

function blobEndpoint(account: string | undefined): string | undefined {
  return account && `https://${account}.blob.core.windows.net/`;
}

// The classes of the library that fields of the file make instances of. Pure.
// By themselves and not from the API: a page that judges descriptions loads no framework.
import { ApiServer, PrivateDns } from "../../lib/spec/api-server";
import { Defender, DiskEncryption } from "../../lib/spec/data";
import { Egress } from "../../lib/spec/egress";
import { PodNetwork } from "../../lib/spec/network";
import { RoleSet } from "../../lib/spec/permissions";
import { Principal } from "../../lib/spec/principal";
import { ResourceReference } from "../../lib/spec/resource-reference";
import schema from "../../haks.schema.json";

/** Static factory methods, by name. */
export interface Factories {
  readonly [method: string]: (...values: unknown[]) => unknown;
}

/** The classes, by name: the compiler refuses a schema with another one. */
export const CLASSES: { readonly [name in keyof (typeof schema)["x-classes"]]: unknown } = {
  ApiServer,
  Defender,
  DiskEncryption,
  Egress,
  PodNetwork,
  Principal,
  PrivateDns,
  ResourceReference,
  RoleSet,
};

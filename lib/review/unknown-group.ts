// How a review names the resource group of a resource of which Terraform alone knows the id. Pure.

/** In the place of the resource group of a resource whose id is a token. */
export const UNKNOWN_GROUP = "known to Terraform alone";

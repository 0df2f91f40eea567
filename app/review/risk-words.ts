// Words for the risk of rights. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { EVERYTHING_IN_KUBERNETES, Risk, riskOf, riskOfOperation } from "../../lib/review/risk";
import { distinct, listed, plain } from "./text";

const RISKS: { readonly [risk in Risk]: string } = {
  [Risk.ESCALATION]: "privilege escalation",
  [Risk.CREDENTIALS]: "credential exposure",
  [Risk.NETWORK]: "network change",
  [Risk.DATA]: "data access",
  [Risk.CHANGE]: "change of a resource",
  [Risk.READ]: "read or join",
};

/** Risks whose operations are named. */
const NAMED: readonly Risk[] = [Risk.ESCALATION, Risk.CREDENTIALS];

/** Maximum of operations that are named. */
const MAX_NAMED = 3;

/** Returns the name of a risk. */
export function riskName(risk: Risk): string {
  return RISKS[risk];
}

/** Returns the risk of a right: `privilege escalation by assign/action`. */
export function riskWords(operations: readonly string[], risk = riskOf(operations)): string {
  const named = operations.filter((operation) => riskOfOperation(operation) === risk);
  const isListed = NAMED.includes(risk) && named.length > 0;
  const names = distinct(named.map(shortName));
  const more = names.length > MAX_NAMED ? [`${names.length - MAX_NAMED} more`] : [];
  return isListed
    ? `${RISKS[risk]} by ${listed([...names.slice(0, MAX_NAMED), ...more])}`
    : RISKS[risk];
}

function shortName(operation: string): string {
  return operation === EVERYTHING_IN_KUBERNETES
    ? "everything in Kubernetes"
    : plain(operation.split("/").slice(-2).join("/"));
}

/** Returns a sentence on the principals with the greatest risk; undefined if nothing is granted. */
export function mostPowerful({ effectiveRights }: AccessReviewDocument): string | undefined {
  const greatest = riskOf(effectiveRights.flatMap(({ actions }) => actions));
  const names = effectiveRights
    .filter(({ actions }) => riskOf(actions) === greatest)
    .map(({ principal }) => plain(principal));
  return names.length === 0
    ? undefined
    : `The greatest risk is ${RISKS[greatest]}, by ${listed(distinct(names))}.`;
}

// How often a property is tried: a few times by `npm test`, and many times by `npm run test:random`.
import * as fc from "fast-check";

fc.configureGlobal({ numRuns: (globalThis as { PROPERTY_RUNS?: number }).PROPERTY_RUNS ?? 5 });

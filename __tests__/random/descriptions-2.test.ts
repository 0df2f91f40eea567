// The second half of the random descriptions.
import { testRandomDescriptions } from "./outcomes";

testRandomDescriptions();

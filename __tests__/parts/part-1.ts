// A part of the test files, for `npm test`.
import { describePart } from "../part";

describePart(1);

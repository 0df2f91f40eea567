// Makes cdktf's matchers known to jest.
import "cdktf/lib/testing/adapters/jest";
import { Testing } from "cdktf";

// cdktf keeps a stack trace for every token, which no test reads. With the source maps of jest they took
// more time than everything else.
jest.mock("cdktf/lib/tokens/private/stack-trace", () => ({ captureStackTrace: () => [] }));

Testing.setupJest();

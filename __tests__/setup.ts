// Makes cdktf's matchers known to jest.
import { setupJest } from "cdktf/lib/testing/adapters/jest";

setupJest();

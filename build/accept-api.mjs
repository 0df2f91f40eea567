// npm run api:accept: at a release, after npm run build.
import { acceptBaseline } from "./api.mjs";

acceptBaseline();

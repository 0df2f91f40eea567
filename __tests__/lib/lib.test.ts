// The pure rooms of the library. One file for jest, which loads cdktf anew for every test file.
import "./access.cases";
import "./address-demands.cases";
import "./addresses.cases";
import "./cluster.cases";
import "./features.cases";
import "./effective-rights.cases";
import "./hardening.cases";
import "./preflight.cases";
import "./review.cases";
import "./rights.cases";
import "./rules.cases";
import "./sameness.cases";

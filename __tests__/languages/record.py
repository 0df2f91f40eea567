# Runs a program with the stand-in for the runtime of jsii, and prints what it asked for.
import json
import runpy
import sys

import jsii

runpy.run_path(sys.argv[1])
print(json.dumps(jsii.CALLS))

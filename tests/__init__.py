"""The test suite."""

import os
import sys

# Where Python is told to keep no compiled modules, each worker and each program that a test starts would compile the
# whole package anew. The suite keeps them.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

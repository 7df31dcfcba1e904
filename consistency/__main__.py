"""Run the command line as `python -m consistency`."""

import sys

from consistency.cli import run

sys.exit(run())

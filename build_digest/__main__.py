"""`python -m build_digest` is the command `build-digest`."""

from build_digest.cli import run

run()

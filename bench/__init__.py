"""Measurements: each module is a command, `python -m bench.<name> --help`."""

import index  # noqa: F401  (says how many threads BLAS may use, which counts only before numpy is imported)

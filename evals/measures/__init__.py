"""Measures: one file each; a new one is a new file with `MEASURE`, found by being here."""

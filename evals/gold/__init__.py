"""Gold sets: one file each; a new one is a new file with `load`, found by being here."""

"""Review of kept answers: what was done to each, where that leaves it, and what may be done next."""

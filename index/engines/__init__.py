"""Vector engines, one a file; the contract suite runs over every one."""

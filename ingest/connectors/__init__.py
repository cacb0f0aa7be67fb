"""Sources on the network and on disk that a refresh follows: one file each, found by being here."""

"""The commands of `curbside`, one file each: they read settings, call the five folders, and print."""

"""Gold questions become scores with intervals."""

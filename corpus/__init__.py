"""What Curbside knows: documents in versions, their sections, and where each came from."""

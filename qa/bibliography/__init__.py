"""References as other programs read them: BibTeX, RIS, CSL JSON, and plain text."""

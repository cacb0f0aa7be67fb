"""Asking other people's servers: politely, again where it helps, never twice for what is here."""

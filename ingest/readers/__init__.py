"""One reader a file: bytes in one publisher's format become Documents."""

"""One file a format: from bytes to a typed document. Formats with members are containers; nothing is written out."""

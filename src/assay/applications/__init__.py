"""Apps as they are installed: a base package with its splits, and the code that one class loader sees."""

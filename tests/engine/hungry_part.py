"""A part that needs more memory to be loaded than there is."""

raise MemoryError

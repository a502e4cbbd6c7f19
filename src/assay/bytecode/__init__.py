"""The code engine: it owns DEX. Columns over the bytes as found; text is decoded only where it is shown."""

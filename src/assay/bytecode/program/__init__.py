"""What one class loader sees, linked: classes, hierarchy, resolution, overrides and the call graph over DEX files."""

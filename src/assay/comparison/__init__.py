"""What handsets, builds and versions have in common, and what only one of them has."""

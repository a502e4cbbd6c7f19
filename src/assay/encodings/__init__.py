"""One file a wrapping; `peel` walks them within a budget and keeps the chain."""

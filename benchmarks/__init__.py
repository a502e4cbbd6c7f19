"""Benchmarks of the bench: each one command, seeded, with its own trivial baseline beside its score."""

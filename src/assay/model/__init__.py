"""Frozen records of every stage, ids, locators, canonical JSON, limits, problems and the exception tree. No I/O."""

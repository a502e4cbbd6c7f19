"""Flows: what code reads of the phone and its user, and where it sends, writes or shows that."""

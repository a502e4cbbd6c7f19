"""Witnesses: the shortest lists of code offsets that the plain checker can follow from an origin to a consequence."""

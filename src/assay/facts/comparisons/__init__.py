"""Comparisons: for each place where text meets a list, what meets what, with what consequence, behind which gate."""

"""Specimen applications of known truth: what is compared with what, with what consequence, behind which gate."""

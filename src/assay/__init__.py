"""Assay: an independent verification bench for smartphones."""

__version__ = "0.1.0"

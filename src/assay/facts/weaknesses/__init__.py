"""Weaknesses: properties of code that the word vulnerability covers, each at its place."""

"""Calls by what models say of them, and what is handed to them: content, recipients, and what was done to it."""

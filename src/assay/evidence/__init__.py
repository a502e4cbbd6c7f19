"""Intake, content-addressed store, custody log and the case folder: the only part that reads what the user names."""

"""Captures and logs of traffic: from what was recorded to messages and their leaves."""

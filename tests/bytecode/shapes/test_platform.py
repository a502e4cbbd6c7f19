"""Types of the platform are told by the beginnings of their names, arrays by what they hold."""

import pytest

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.shapes.platform import platform_types
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w


def _told(name: str) -> tuple[bool, bool]:
    id_ = w.MethodId("LA;", "m", w.Proto("V", (name,)))
    built = columns.build(DexFile(BufferSource(w.write([w.Class("LA;", [w.Method(id_, [*w.RETURN_VOID])])]))))
    at = [built.descriptor(row) for row in range(len(built.type_strings))].index(name.encode())
    platform, arrays = platform_types(built)
    return bool(platform[at]), bool(arrays[at])


@pytest.mark.parametrize(
    ("name", "platform", "array"),
    [
        ("Landroid/view/View;", True, False),
        ("[[Ljava/lang/String;", True, True),
        ("I", True, False),
        ("[J", True, True),
        ("Lorg/json/JSONObject;", True, False),
        ("Landroid/support/v4/app/Fragment;", False, False),
        ("Landroid/supporter/X;", True, False),
        ("Landroidx/core/A;", False, False),
        ("Ljavax/inject/Inject;", False, False),
        ("[Lorg/example/A;", False, True),
        ("Ljava;", False, False),
        ("Lxjava/lang/A;", False, False),
    ],
)
def test_types(name: str, platform: bool, array: bool) -> None:  # noqa: FBT001 - a table of answers
    assert _told(name) == (platform, array)

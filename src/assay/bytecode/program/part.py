"""One DEX file of a program, in the order in which the class loader looks into it."""

from collections.abc import Callable

import msgspec

from assay.bytecode.columns.record import Columns
from assay.bytecode.dex import DexFile


class Part(msgspec.Struct, frozen=True, eq=False):
    """One DEX file: its digest, the name it goes by, its columns, and the file itself for what columns do not hold."""

    sha256: str
    name: str
    columns: Columns
    dex: Callable[[], DexFile]

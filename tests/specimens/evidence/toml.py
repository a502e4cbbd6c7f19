"""A small TOML writer: tables, arrays of tables, strings, whole numbers, booleans and lists of strings."""

import json
from collections.abc import Mapping, Sequence

Value = str | int | bool | Sequence[str] | Mapping[str, int]
Row = Mapping[str, Value]


def value(item: Value) -> str:
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{name} = {number}" for name, number in item.items()) + " }"
    return json.dumps(item if isinstance(item, str | int) else list(item), ensure_ascii=False)


def lines(row: Row) -> str:
    return "".join(f"{name} = {value(item)}\n" for name, item in row.items())


def tables(name: str, rows: Sequence[Row]) -> str:
    return "".join(f"\n[[{name}]]\n{lines(row)}" for row in rows)


def table(name: str, row: Row) -> str:
    return f"\n[{name}]\n{lines(row)}"

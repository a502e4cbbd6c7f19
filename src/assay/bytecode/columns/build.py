"""Columns of an opened DEX file."""

import numpy as np

from assay.bytecode.columns import bodies, hashes
from assay.bytecode.columns.call_sites import call_site_hashes, handle_hashes
from assay.bytecode.columns.record import NONE, U4, U8, Columns
from assay.bytecode.columns.type_lists import TypeLists, type_lists
from assay.bytecode.columns.users import KINDS, users
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import Reference
from assay.bytecode.strings import Strings
from assay.bytecode.tries import read_tries
from assay.model.ids import sha256_hex
from assay.model.problem import Problem

Arrays = dict[str, np.ndarray]


def build(dex: DexFile, sha256: str | None = None) -> Columns:
    """Return the columns of a DEX file; `sha256` is that of its bytes, computed where it is not given."""
    arrays, problems = _ids(dex)
    tries, try_problems = read_tries(dex.data, dex.units, dex.bodies, len(dex.tables.types))
    sites, site_problems = call_site_hashes(dex)
    digests = bodies.body_digests(dex, bodies.named(_hashes(dex, arrays, sites)), tries)
    return Columns(
        dex_sha256=sha256 or sha256_hex(dex.data.data),
        dex_size=len(dex.data),
        text_from=_text_span(dex.strings)[0],
        problems=tuple(dict.fromkeys((*dex.problems, *problems, *try_problems, *site_problems))),
        definition_bodies=digests,
        **arrays,
        **_defined(dex),
        **_references(dex, arrays),
    )


def _ids(dex: DexFile) -> tuple[Arrays, list[Problem]]:
    """Return the columns of strings, types, prototypes, fields, methods and classes, and the problems met."""
    types = len(dex.tables.types)
    parameters, parameter_problems = type_lists(dex.tables.protos, "parameters", dex.units, types)
    interfaces, interface_problems = type_lists(dex.tables.classes, "interfaces", dex.units, types)
    arrays = {**_strings(dex), **_types(dex)}
    arrays |= _protos(dex, arrays["type_hashes"], parameters)
    arrays |= {**_fields(dex, arrays), **_methods(dex, arrays), **_classes(dex, interfaces)}
    return arrays, [*parameter_problems, *interface_problems]


def _strings(dex: DexFile) -> Arrays:
    strings = dex.strings
    first, end = _text_span(strings)
    return {
        "text": settled(dex.data[first:end]),
        "string_starts": strings.starts,
        "string_lengths": strings.lengths,
        "string_hashes": strings.hashes,
    }


def _text_span(strings: Strings) -> tuple[int, int]:
    """Return first and end of the bytes that hold all strings, in bytes from the file's first byte."""
    held = strings.lengths > 0
    if not np.any(held):
        return 0, 0
    starts = strings.starts[held].astype(np.int64)
    return int(starts.min()), int((starts + strings.lengths[held]).max())


def _types(dex: DexFile) -> Arrays:
    strings = _inside(dex.tables.types["descriptor"], dex.string_count)
    return {"type_strings": strings, "type_hashes": hashes.named(dex.strings.hashes, strings)}


def _protos(dex: DexFile, types: U8, parameters: TypeLists) -> Arrays:
    returns = _inside(dex.tables.protos["returns"], len(types))
    return {
        "proto_shorty": _inside(dex.tables.protos["shorty"], dex.string_count),
        "proto_returns": returns,
        "proto_parameter_starts": parameters.starts,
        "proto_parameters": parameters.types,
        "proto_hashes": hashes.proto_hashes(types, returns, parameters),
    }


def _fields(dex: DexFile, arrays: Arrays) -> Arrays:
    types = arrays["type_hashes"]
    owners, sorts = (_inside(dex.tables.fields[name], len(types)) for name in ("class", "type"))
    names = _inside(dex.tables.fields["name"], dex.string_count)
    parts = hashes.named(types, owners), hashes.named(dex.strings.hashes, names), hashes.named(types, sorts)
    found = hashes.member_hashes(hashes.FIELD, *parts)
    return {"field_classes": owners, "field_types": sorts, "field_names": names, "field_hashes": found}


def _methods(dex: DexFile, arrays: Arrays) -> Arrays:
    types, protos = arrays["type_hashes"], arrays["proto_hashes"]
    owners = _inside(dex.tables.methods["class"], len(types))
    sorts = _inside(dex.tables.methods["proto"], len(protos))
    names = _inside(dex.tables.methods["name"], dex.string_count)
    parts = hashes.named(types, owners), hashes.named(dex.strings.hashes, names), hashes.named(protos, sorts)
    found = hashes.member_hashes(hashes.METHOD, *parts)
    return {"method_classes": owners, "method_protos": sorts, "method_names": names, "method_hashes": found}


def _classes(dex: DexFile, interfaces: TypeLists) -> Arrays:
    rows, types = dex.tables.classes, len(dex.tables.types)
    return {
        "class_types": _inside(rows["class"], types),
        "class_flags": settled(rows["access"].astype(np.uint32)),
        "class_supers": _inside(rows["superclass"], types),
        "class_interface_starts": interfaces.starts,
        "class_interfaces": interfaces.types,
    }


def _inside(column: np.ndarray, rows: int) -> U4:
    """Return ids as u4, `NONE` for those outside a table of so many rows."""
    found = column.astype(np.uint32)
    found[found >= rows] = NONE
    return settled(found)


def _defined(dex: DexFile) -> Arrays:
    """Return the columns of definitions, of methods and fields, and of strings that static fields begin with."""
    return {
        "definition_methods": dex.methods.method,
        "definition_classes": dex.methods.owner,
        "definition_access": dex.methods.access,
        "definition_code": dex.methods.code,
        "defined_fields": dex.fields.field,
        "defined_field_classes": dex.fields.owner,
        "defined_field_access": dex.fields.access,
        "static_string_classes": dex.static_strings.owner,
        "static_string_positions": dex.static_strings.position,
        "static_string_ids": dex.static_strings.string,
    }


def _references(dex: DexFile, arrays: Arrays) -> Arrays:
    rows = dex.references
    sizes = len(arrays["string_hashes"]), len(arrays["type_hashes"])
    found = users(rows.kind, rows.index, (*sizes, len(arrays["field_hashes"]), len(arrays["method_hashes"])))
    columns: Arrays = {
        "reference_starts": rows.starts,
        "reference_pcs": rows.pc,
        "reference_opcodes": rows.opcode,
        "reference_kinds": rows.kind,
        "reference_indices": rows.index,
    }
    for kind, one in zip(KINDS, found, strict=True):
        columns |= {f"{kind.name.lower()}_user_starts": one.starts, f"{kind.name.lower()}_users": one.rows}
    return columns


def _hashes(dex: DexFile, arrays: Arrays, call_sites: U8) -> dict[int, U8]:
    """Return the hashes of what instructions name, by kind."""
    return {
        Reference.STRING: arrays["string_hashes"],
        Reference.TYPE: arrays["type_hashes"],
        Reference.FIELD: arrays["field_hashes"],
        Reference.METHOD: arrays["method_hashes"],
        Reference.CALL_SITE: call_sites,
        Reference.METHOD_HANDLE: handle_hashes(
            dex.tables.method_handles, arrays["field_hashes"], arrays["method_hashes"]
        ),
        Reference.PROTO: arrays["proto_hashes"],
    }

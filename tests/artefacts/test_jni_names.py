import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.jni_names import NativeName, is_method_name, is_signature, mangled, native_name, symbols_of

IDENTIFIERS = st.text("abzAZ09_$éжÿ界😀", min_size=1, max_size=8).map(lambda name: "x" + name)
UNDERSCORED = st.text("ab_", min_size=1, max_size=5).filter(lambda name: name.strip("_") or name)
CLASSES = st.lists(st.one_of(IDENTIFIERS, UNDERSCORED), min_size=1, max_size=4).map(
    lambda parts: f"L{'/'.join(parts)};"
)
TYPES = st.one_of(st.sampled_from("ZBCSIJFD"), CLASSES).flatmap(lambda t: st.sampled_from([t, f"[{t}", f"[[{t}"]))
PARAMETERS = st.lists(TYPES, max_size=4).map("".join)


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("Java_org_example_Bridge_open", ("Lorg/example/Bridge;", "open", None)),
        ("Java_org_example_Bridge_open__", ("Lorg/example/Bridge;", "open", "")),
        # the examples of the specification, chapter 2
        ("Java_pkg_Cls_f__ILjava_lang_String_2", ("Lpkg/Cls;", "f", "ILjava/lang/String;")),
        ("Java_pkg_Cls_g___3B", ("Lpkg/Cls;", "g", "[B")),
        ("Java_a_1b_C_00024D_m_1n", ("La_b/C$D;", "m_n", None)),
        ("Java_a__1B__1m", ("La/_B;", "_m", None)),
        ("Java_a_B_m_1__I", ("La/B;", "m_", "I")),
        ("Java_a_B__00107o", ("La/B;", "ć" + "o", None)),
        ("Java_Cls_m", ("LCls;", "m", None)),
        ("Java_a_B_m_0d83d_0de00", ("La/B;", "m😀", None)),
    ],
)
def test_a_symbol_stands_for_a_method(symbol: str, name: tuple[str, str, str | None]) -> None:
    assert native_name(symbol.encode()) == NativeName(*name)


@pytest.mark.parametrize(
    "symbol",
    ["Java_", "Java_one", "Java__m", "Java_a_", "Java_a_B_m__V", "Java_a_B_m__X", "Java_a_B_m__L", "Java_a_B_m_2",
     "Java_a_B_m_3x", "Java_a_B_m_0zzzz", "Java_a_B_m_0d83d", "Java_a_B_m__I_0", "java_a_B_m", "JNI_OnLoad",
     "Java_a_B_m;",
     "Java_a_B_m__" + "_3" * 256 + "I"],
)  # fmt: skip
def test_a_symbol_that_follows_no_rule_stands_for_none(symbol: str) -> None:
    assert native_name(symbol.encode()) is None


def test_bytes_outside_ascii_are_no_symbol() -> None:
    assert native_name("Java_a_B_é".encode()) is None


@given(CLASSES, st.one_of(IDENTIFIERS, UNDERSCORED), PARAMETERS, TYPES)
def test_symbols_lead_back_to_their_method(class_name: str, method: str, parameters: str, returned: str) -> None:
    short, long = symbols_of(class_name, method, f"({parameters}){returned}")
    assert native_name(short.encode()) == NativeName(class_name, method, None)
    assert native_name(long.encode()) == NativeName(class_name, method, parameters)


def test_escapes_are_those_of_the_specification() -> None:
    assert mangled("a/b_c;[d") == "a_b_1c_2_3d"
    assert mangled("é😀") == "_000e9_0d83d_0de00"


@pytest.mark.parametrize("text", ["()V", "(I)[[J", "(Lorg/example/A;[B)Ljava/lang/String;", "!(Z)Z"])
def test_a_signature_parses(text: str) -> None:
    assert is_signature(text.encode())


@pytest.mark.parametrize(
    "text", ["", "V", "(V)V", "()", "(I)VV", "()[V", "(L;)V", "(Lorg.x;)V", "((I)V", "(I", "()V\0"]
)
def test_other_text_is_no_signature(text: str) -> None:
    assert not is_signature(text.encode())


def test_names_of_methods() -> None:
    assert all(is_method_name(name) for name in (b"open", b"a-b", b"$1", "é".encode(), b"<init>"))
    assert not any(is_method_name(name) for name in (b"", b"a b", b"a/b", b"a(", b"x" * 257, b"\xc3\xc3"))

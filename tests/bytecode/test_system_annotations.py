"""What compilers write down in annotations of their own, and annotations that only look like it."""

from assay.bytecode.system_annotations import SystemView, system_view
from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened

METHOD = w.MethodId("LOuter;", "make", w.Proto("V"))


def system(name: str, *elements: tuple[str, p.Value]) -> p.Note:
    return p.Note(f"Ldalvik/annotation/{name};", elements, 2)


def array(sort: int, *values: object) -> p.Value:
    return p.Value(p.ARRAY, [p.Value(sort, value) for value in values])


def viewed(*notes: p.Note) -> tuple[SystemView, w.Ids]:
    writer = w.Writer([w.Class("LA;", annotations=notes)])
    dex = opened(writer.write())
    assert dex.annotations(0).problems == ()
    return system_view(dex.annotations(0).own, dex.names), writer.ids


def test_each_annotation_is_understood() -> None:
    default = p.Note("LNote;", (("limit", p.Value(p.INT, 3)),))
    names = p.Value(p.ARRAY, [p.Value(p.STRING, "first"), p.Value(p.NULL)])
    found, ids = viewed(
        system("Signature", ("value", array(p.STRING, "Ljava/util/List<", "Lgrüße;", ">;"))),
        system("InnerClass", ("name", p.Value(p.STRING, "Inner")), ("accessFlags", p.Value(p.INT, 9))),
        system("EnclosingClass", ("value", p.Value(p.TYPE, "LOuter;"))),
        system("EnclosingMethod", ("value", p.Value(p.METHOD, METHOD))),
        system("MemberClasses", ("value", array(p.TYPE, "LB;", "LC;"))),
        system("Throws", ("value", array(p.TYPE, "LE;"))),
        system("MethodParameters", ("names", names), ("accessFlags", array(p.INT, 0x10, 0))),
        system("AnnotationDefault", ("value", p.Value(p.ANNOTATION, default))),
    )
    types = {name: ids.index("type", name) for name in ("LOuter;", "LB;", "LC;", "LE;")}
    assert found.signature == b"Ljava/util/List<Lgr\xc3\xbc\xc3\x9fe;>;"
    assert (found.inner_name, found.inner_access) == (b"Inner", 9)
    assert (found.enclosing_class, found.enclosing_method) == (types["LOuter;"], ids.index("method", METHOD))
    assert (found.member_classes, found.throws) == ((types["LB;"], types["LC;"]), (types["LE;"],))
    assert (found.parameter_names, found.parameter_access) == ((ids.index("string", "first"), None), (0x10, 0))
    assert [(name, value.content) for name, value in found.defaults] == [(ids.index("string", "limit"), 3)]


def test_an_anonymous_class_has_access_flags_and_no_name() -> None:
    found, _ = viewed(system("InnerClass", ("name", p.Value(p.NULL)), ("accessFlags", p.Value(p.INT, 0))))
    assert (found.inner_name, found.inner_access) == (None, 0)


def test_values_of_another_shape_and_annotations_of_others_are_passed_over() -> None:
    found, _ = viewed(
        p.Note("Lorg/example/Signature;", (("value", array(p.STRING, "x")),)),
        system("Signature", ("value", p.Value(p.STRING, "x")), ("other", array(p.STRING, "x"))),
        system("EnclosingClass", ("value", p.Value(p.STRING, "LOuter;"))),
        system("Throws", ("value", p.Value(p.NULL))),
        system("MemberClasses", ("value", p.Value(p.ANNOTATION, p.Note("LA;")))),
        system("AnnotationDefault", ("value", p.Value(p.INT, 1))),
        system("Unheard"),
    )
    assert found == SystemView()


def test_of_two_of_one_type_the_first_counts() -> None:
    found, _ = viewed(*(system("Signature", ("value", array(p.STRING, text))) for text in ("first", "second")))
    assert found.signature == b"first"

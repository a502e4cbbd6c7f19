"""Models of platform calls: found by class and all above it, each once, and the whole table read quickly."""

from importlib import resources

import pytest

from assay.model.errors import UsageError
from assay.reference import models_labels as labels
from assay.reference.models import OBJECT, Models, models
from assay.reference.models_records import Argument, Field, Flow, Key, Model, Place, Store

TABLE = models()
STRING = "Ljava/lang/String;"
CUSTOM = """
schema = "assay-models/1"
reference = "an invented library"
verified = "unverified"
key = [
  {store = "property", names = "ro.a ro.b", source = "variable.market"},
  {store = "property", names = "ro.b* ro.bc*", source = "variable.locale"},
]
field = [{class = "org.example.A", names = "f", source = "text.url", value = "content://a"}]
[above]
"org.example.C" = "org.example.B"
"org.example.B" = "org.example.A org.example.I"
"org.example.I" = "org.example.C"
[[class]]
names = "org.example.A"
models = [
  {methods = "m n", flows = "arg1 -> return"},
  {methods = "m", parameters = 2, flows = "arg2 -> return"},
  {methods = "m", prototype = "(II)", flows = "this -> return"},
  {methods = "m", prototype = "(IJ)V", source = "text.page"},
]
[[class]]
names = "org.example.I"
models = [{methods = "only n", parameters = 1, sink = "effect.log", sink_args = [1]}]
"""
OWN = Models.parse([("own", CUSTOM)])
C = [b"Lorg/example/C;"]


def _found(owner: str, name: str, prototype: str) -> Model:
    found = TABLE.find([f"L{owner.replace('.', '/')};".encode()], name.encode(), prototype.encode())
    assert found is not None, f"{owner}.{name}{prototype}"
    return found


def test_every_packaged_file_is_read_as_strictly_as_a_file_of_the_user() -> None:
    folder = resources.files("assay").joinpath("data/models")
    texts = [(entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    strict = Models.parse(sorted(texts))
    assert strict.digest == TABLE.digest
    assert {model.id for model in strict.all} == {model.id for model in TABLE.all}


def test_the_files_stay_short_and_the_table_small() -> None:
    folder = resources.files("assay").joinpath("data/models")
    texts = [entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".toml")]
    assert max(text.count(b"\n") for text in texts) <= 300
    assert sum(map(len, texts)) < 500_000


def test_every_word_of_the_closed_lists_that_a_model_uses_is_a_word_of_the_lists() -> None:
    assert {flow.op for model in TABLE.all for flow in model.flows} <= labels.OPERATIONS
    assert {found.model.source for found in TABLE.sources()} - {""} <= labels.SOURCES
    assert {found.model.sink for found in TABLE.sinks()} <= labels.SINKS
    assert {found.model.store.kind for found in TABLE.stores() if found.model.store} <= labels.STORES
    assert {found.model.test.name for found in TABLE.tests() if found.model.test} <= labels.TESTS
    assert {callback.kind for found in TABLE.calls() for callback in found.model.calls} <= labels.KINDS


def test_labels_without_any_model_field_or_key_are_few_and_known() -> None:
    used = {found.model.source for found in TABLE.sources()} | {field.source for field in TABLE.fields}
    used |= {source for model in TABLE.all for _, source in model.parameter_sources} | {
        key.source for key in TABLE.keys
    }
    assert labels.SOURCES - used == {"text.feed", "variable.language"}
    sinks = {found.model.sink for found in TABLE.sinks()}
    assert labels.SINKS - sinks == set()


def test_nothing_claims_to_be_verified_that_nobody_verified() -> None:
    entries: list[Model | Field | Key] = [*TABLE.all, *TABLE.fields, *TABLE.keys]
    assert {one.verified for one in entries} == {"unverified"}
    assert all(one.doc for one in entries)


@pytest.mark.parametrize(
    ("owner", "name", "prototype", "model"),
    [
        ("android.app.Activity", "getString", f"(I){STRING}", "android.content.Context.getString/1"),
        ("androidx.appcompat.app.AppCompatActivity", "getResources", "()X", "android.content.Context.getResources/0"),
        ("java.util.ArrayList", "contains", "(Ljava/lang/Object;)Z", "java.util.Collection.contains/1"),
        ("java.util.ArrayList", "equals", "(Ljava/lang/Object;)Z", "java.lang.Object.equals/1"),
        ("java.util.Properties", "containsKey", "(Ljava/lang/Object;)Z", "java.util.Map.containsKey/1"),
        ("android.widget.EditText", "getText", "()Landroid/text/Editable;", "android.widget.EditText.getText"),
        ("android.widget.EditText", "setError", "(Ljava/lang/CharSequence;)V", "android.widget.TextView.setError"),
        ("android.widget.EditText", "setVisibility", "(I)V", "android.view.View.setVisibility/1"),
        ("javax.net.ssl.HttpsURLConnection", "getInputStream", "()Ljava/io/InputStream;",
         "java.net.URLConnection.getInputStream/0"),
        ("java.util.List", "remove", "(I)Ljava/lang/Object;", "java.util.List.remove(I)Ljava/lang/Object;"),
        ("java.util.List", "remove", "(Ljava/lang/Object;)Z", "java.util.Collection.remove/1"),
        ("org.example.Anything", "toString", f"(){STRING}", "java.lang.Object.toString/0"),
    ],
)  # fmt: skip
def test_a_method_is_found_at_the_nearest_class_above(owner: str, name: str, prototype: str, model: str) -> None:
    found = _found(owner, name, prototype)
    assert found.id.startswith(model)
    assert found.name.decode() == name


def test_what_the_best_known_calls_mean() -> None:
    assert _found("java.lang.String", "toLowerCase", f"(){STRING}").flows == (
        Flow(Place("this"), Place("return"), "lower"),
    )
    contains = _found("java.lang.String", "contains", "(Ljava/lang/CharSequence;)Z").test
    assert contains is not None
    assert (contains.name, contains.operands, contains.negated) == ("contains", (Place("this"), Place(1)), False)
    preference = _found("android.content.SharedPreferences", "getString", f"({STRING}{STRING}){STRING}").store
    assert preference == Store(
        kind="preference", access="read", name=Place("this"), key=Place(1), value=Place("return"), default=Place(2)
    )
    (run,) = _found("java.util.concurrent.ThreadPoolExecutor", "execute", "(Ljava/lang/Runnable;)V").calls
    assert (run.object, run.method, run.arguments, run.kind) == (Place(1), "run", (), "thread")
    typed = _found("android.widget.SearchView$OnQueryTextListener", "onQueryTextSubmit", f"({STRING})Z")
    assert (typed.given(1), typed.given(2)) == ("text.search", "")
    seen = _found("android.view.View", "setVisibility", "(I)V")
    assert seen.sink == "effect.show"
    assert [(one.argument, one.constant, one.sink) for one in seen.sink_when] == [
        (1, 4, "effect.hide"), (1, 8, "effect.hide"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("owner", "name", "prototype", "argument"),
    [
        ("android.app.Activity", "startActivity", "(Landroid/content/Intent;)V", 1),
        ("android.app.Activity", "startActivityForResult", "(Landroid/content/Intent;I)V", 1),
        ("android.app.Fragment", "startActivity", "(Landroid/content/Intent;)V", 1),
        ("androidx.core.content.ContextCompat", "startActivity",
         "(Landroid/content/Context;Landroid/content/Intent;Landroid/os/Bundle;)V", 2),
        ("androidx.core.app.ActivityCompat", "startActivityForResult",
         "(Landroid/app/Activity;Landroid/content/Intent;ILandroid/os/Bundle;)V", 2),
    ],
)  # fmt: skip
def test_what_an_activity_is_started_for_is_told_by_action_and_type(
    owner: str, name: str, prototype: str, argument: int
) -> None:
    found = _found(owner, name, prototype)
    action, package = "android.intent.action.", "application/vnd.android.package-archive"
    assert found.sink == "effect.navigate"
    assert {(one.argument, one.part, one.constant): one.sink for one in found.sink_when} == {
        (argument, ".action", f"{action}INSTALL_PACKAGE"): "effect.install",
        (argument, ".type", package): "effect.install",
        (argument, ".action", f"{action}CALL"): "effect.call",
        (argument, ".action", f"{action}SEND"): "effect.broadcast",
        (argument, ".action", f"{action}SENDTO"): "effect.broadcast",
        (argument, ".action", f"{action}SEND_MULTIPLE"): "effect.broadcast",
    }


def test_results_of_callbacks_flow_on() -> None:
    task = _found("android.os.AsyncTask", "execute", "([Ljava/lang/Object;)Landroid/os/AsyncTask;")
    assert [callback.method for callback in task.calls] == ["onPreExecute", "doInBackground", "onPostExecute"]
    assert task.calls[2].arguments == (Argument(Place("call2")),)
    mapped = _found("io.reactivex.Observable", "map", "(Lio/reactivex/functions/Function;)Lio/reactivex/Observable;")
    assert mapped.flows == (Flow(Place("call1"), Place("return", "[]"), "copy"),)


def test_fields_and_names_of_stores_have_meanings() -> None:
    model = TABLE.field([b"Landroid/os/Build;"], b"MODEL")
    contacts = TABLE.field([b"Landroid/provider/ContactsContract$Contacts;"], b"CONTENT_URI")
    assert model is not None
    assert model.source == "variable.model"
    assert contacts is not None
    assert (contacts.source, contacts.value) == ("text.contact", "content://com.android.contacts/contacts")
    identifier, inbox = TABLE.key("settings", "secure/android_id"), TABLE.key("provider", "content://sms/inbox")
    assert identifier is not None
    assert identifier.source == "identifier.android-id"
    assert inbox is not None
    assert inbox.source == "text.sms"


@pytest.mark.parametrize(
    ("name", "prototype", "expected"),
    [
        (b"m", b"(II)V", "m(II)"), (b"m", b"(IJ)V", "m(IJ)V"), (b"m", b"(IJ)I", "m/2"), (b"m", b"(JJ)V", "m/2"),
        (b"m", b"(I)V", "m"), (b"m", b"(III)V", "m"), (b"m", b"no prototype", "m"), (b"m", b"", "m"),
        (b"n", b"()V", "n"), (b"only", b"(I)V", "only/1"), (b"only", b"()V", None), (b"none", b"()V", None),
    ],
)  # fmt: skip
def test_the_nearest_prototype_counts(name: bytes, prototype: bytes, expected: str | None) -> None:
    found = OWN.find(C, name, prototype)
    assert (found.id.split(".")[-1] if found else None) == expected


def test_classes_named_first_go_before_what_lies_above_others() -> None:
    found = OWN.find([b"Lorg/example/X;", b"Lorg/example/I;", b"Lorg/example/A;"], b"n", b"(I)V")
    assert found is not None
    assert found.id == "org.example.I.n/1"


def test_a_line_of_classes_ends_where_it_turns_in_a_circle() -> None:
    assert OWN.supertypes(C[0]) == (b"Lorg/example/B;", b"Lorg/example/A;", b"Lorg/example/I;", OBJECT)
    assert OWN.supertypes(b"Lorg/example/Unknown;") == ()


def test_the_longest_beginning_of_a_name_counts() -> None:
    sources = {
        name: found.source for name in ("ro.a", "ro.b", "ro.bx", "ro.bcd") if (found := OWN.key("property", name))
    }
    assert sources == {
        "ro.a": "variable.market", "ro.b": "variable.market", "ro.bx": "variable.locale", "ro.bcd": "variable.locale",
    }  # fmt: skip
    assert OWN.key("property", "ro.") is None
    assert OWN.key("settings", "ro.a") is None


def test_fields_are_found_above_too() -> None:
    field = OWN.field(C, b"f")
    assert field is not None
    assert field.value == "content://a"
    assert OWN.field(C, b"g") is None


def test_the_iterators_name_what_to_search_programs_for() -> None:
    assert [(found.owner, found.name) for found in OWN.sinks()] == [
        (b"Lorg/example/I;", b"n"), (b"Lorg/example/I;", b"only"),
    ]  # fmt: skip
    assert [found.model.id for found in OWN.sources()] == ["org.example.A.m(IJ)V"]
    assert [*OWN.tests(), *OWN.stores(), *OWN.calls()] == []
    assert OWN.names == {b"m", b"n", b"only"}


@pytest.mark.parametrize(
    "again",
    [
        '[[class]]\nnames = "org.example.A"\nmodels = [{methods = "n", source = "text.url"}]',
        '[[class]]\nnames = "org.example.A"\nmodels = [{methods = "m", parameters = 2, source = "text.url"}]',
        '[[class]]\nnames = "org.example.A"\nmodels = [{methods = "m", prototype = "(II)", source = "text.url"}]',
        '[[field]]\nclass = "org.example.A"\nnames = "f"\nsource = "text.url"',
        '[[key]]\nstore = "property"\nnames = "ro.a"\nsource = "text.url"',
        '[above]\n"org.example.B" = "org.example.A"',
    ],
)
def test_two_entries_for_one_thing_are_refused(again: str) -> None:
    head = 'schema = "assay-models/1"\nreference = "x"\nverified = "unverified"\n'
    with pytest.raises(UsageError, match="stands twice"):
        Models.parse([("own", CUSTOM), ("again", head + again)])


def test_the_digest_follows_the_text() -> None:
    assert OWN.digest == Models.parse([("own", CUSTOM)]).digest
    assert OWN.digest != Models.parse([("own", CUSTOM + "\n# a word\n")]).digest


def test_a_constructor_is_not_inherited() -> None:
    from_list = b"(Ljava/util/Collection;)V"
    assert TABLE.find([b"Ljava/util/ArrayList;"], b"<init>", from_list) is not None
    assert TABLE.find([b"Lorg/example/Own;", b"Ljava/util/ArrayList;"], b"<init>", from_list) is None
    assert TABLE.find([b"Lorg/example/Own;", b"Ljava/util/ArrayList;"], b"clone", b"()Ljava/lang/Object;") is not None
    assert TABLE.find([], b"<init>", b"()V") is None

"""Files of models: a wrong word, number or name is told with the file and the entry."""

import pytest

from assay.model.errors import UsageError
from assay.reference import models_files

HEAD = 'schema = "assay-models/1"\nreference = "an invented library"\nverified = "unverified"\n'
SEND = 'sink_when = "arg1.action=SEND effect.broadcast"'


def _read(entry: str) -> models_files.Read:
    return models_files.read("own.toml", f"{HEAD}model = [{{{entry}}}]\n")


def test_an_entry_speaks_of_all_its_classes_and_methods() -> None:
    read = _read(
        'class = "org.example.A org.example.B$C", methods = "m <init>", prototype = "(I[J)V", flows = "arg2 -> this"'
    )
    (row,) = read.rows
    model = row.model("org.example.B$C", "<init>")
    assert (model.id, model.owner, model.name) == ("org.example.B$C.<init>(I[J)V", b"Lorg/example/B$C;", b"<init>")
    assert (model.prototype, model.parameters) == (b"(I[J)V", 2)
    assert model.doc == "an invented library: org.example.B$C.<init>"


def test_an_entry_has_a_reference_of_its_own_where_it_says_so() -> None:
    (row,) = _read('class = "A", methods = "m", source = "text.url", doc = "read there", verified = "secondary"').rows
    model = row.model("A", "m")
    assert (model.doc, model.verified) == ("read there", "secondary")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('class = "A", methods = "m"', "it says nothing"),
        ('class = "A", methods = "m", source = "text.dream"', "'text.dream' is not a source that is known"),
        ('class = "A", methods = "m", sink = "effect.dream"', "'effect.dream' is not a sink that is known"),
        ('class = "A", methods = "m", flows = "arg1 -> return dream"', "'dream' is not an operation that is known"),
        ('class = "A", methods = "m", test = "dreams(this)"', "'dreams' is not a predicate that is known"),
        ('class = "A", methods = "m", store = "dream read"', "'dream' is not a kind of store that is known"),
        ('class = "A", methods = "m", calls = "arg1.run()", kind = "dream"', "'dream' is not a kind of callback"),
        ('class = "A", methods = "m", parameters = 1, flows = "arg2 -> return"', "there is no argument 2"),
        ('class = "A", methods = "m", prototype = "()V", flows = "arg1 -> this"', "there is no argument 1"),
        ('class = "A", methods = "m", prototype = "(I)V", sink = "effect.log", sink_args = [2]', "no argument 2"),
        ('class = "A", methods = "m", sink = "effect.log", sink_args = [-1]', "there is no argument -1"),
        (f'class = "A", methods = "m", parameters = 1, sink = "effect.log", {SEND.replace("1", "2")}', "no argument 2"),
        (f'class = "A", methods = "m", source = "text.url", {SEND}', "belong to a sink"),
        ('class = "A", methods = "m", sink = "effect.log", sink_when = "arg1.=x effect.call"', "does not say when"),
        ('class = "A", methods = "m", parameters = 0, parameter_sources = "arg1=text.url"', "there is no argument 1"),
        ('class = "A", methods = "m", flows = "this[arg2] -> return", parameters = 1', "there is no argument 2"),
        ('class = "A", methods = "m", flows = "call1 -> return"', "there is no callback call1"),
        ('class = "A", methods = "m", calls = "arg1.a(call2)"', "there is no callback call2"),
        ('class = "A", methods = "m", source = "text.url", sink_args = [1]', "belong to a sink"),
        ('class = "A", methods = "m", prototype = "(I", flows = "arg1 -> this"', "is no prototype"),
        ('class = "A", methods = "m", prototype = "(I)V", parameters = 1, source = "text.url"', "how many parameters"),
        ('class = "A b+", methods = "m", source = "text.url"', "'b+' is no name of a class"),
        ('class = "../A", methods = "m", source = "text.url"', "is no name of a class"),
        ('class = "A", methods = "m()", source = "text.url"', "'m()' is no name of a method"),
        ('class = "A", methods = "", source = "text.url"', "'' is no name of a method"),
        ('class = "", methods = "m", source = "text.url"', "names no class"),
        ('class = "A", methods = "m", flow = "arg1 -> this"', "unknown field `flow`"),
        ('class = "A", methods = ["m"], source = "text.url"', "Expected `str`, got `array`"),
        ('class = "A", source = "text.url"', "missing required field `methods`"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_told(entry: str, reason: str) -> None:
    with pytest.raises(UsageError) as told:
        _read(entry)
    assert reason in str(told.value)
    assert str(told.value).startswith("models own.toml: ")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing required field `schema`"),
        ("schema = ", "cannot be read"),
        (HEAD.replace("models/1", "models/2"), "'assay-models/2' is not the schema assay-models/1"),
        (HEAD.replace("unverified", "certain"), "Invalid enum value 'certain'"),
        (f"{HEAD}other = 1\n", "unknown field `other`"),
        (f'{HEAD}[[field]]\nclass = "A"\nnames = "f"\n', "has neither source nor value"),
        (f'{HEAD}[[field]]\nclass = "A"\nnames = "f"\nsource = "x"\n', "is not a source"),
        (f'{HEAD}[[key]]\nstore = "x"\nnames = "f"\nsource = "text.url"\n', "is not a kind of store"),
        (f'{HEAD}[above]\n"A" = "B/C"\n', "is no name of a class"),
        (HEAD + "model = " + "[" * 3000 + "]" * 3000, "cannot be read"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told(text: str, reason: str) -> None:
    with pytest.raises(UsageError) as told:
        models_files.read("own.toml", text)
    assert reason in str(told.value)


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    room = models_files.MAX_BYTES - len(HEAD) - 1
    assert models_files.read("own.toml", f"{HEAD}#{'x' * room}").rows == []
    with pytest.raises(UsageError, match="too many"):
        models_files.read("own.toml", f"{HEAD}#{'x' * (room + 1)}")


@pytest.mark.parametrize(
    ("prototype", "count"),
    [(b"()V", 0), (b"(I)V", 1), (b"(JD[[ILjava/lang/String;[Lx;)V", 5), (b"(I", None), (b"", None), (b"I)V", None),
     (b"(L)V", None), (b"(Q)V", None), (b"([)V", None), (b"(I)", 1), (b"(" + b"I" * 255 + b")V", 255)],
)  # fmt: skip
def test_parameters_of_prototypes_are_counted(prototype: bytes, count: int | None) -> None:
    assert models_files.parameters(prototype) == count

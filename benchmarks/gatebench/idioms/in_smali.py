"""Pieces in smali: shapes that no compiler of Java makes, but tools that rewrite or protect applications do."""

from collections.abc import Mapping

from benchmarks.gatebench.fragments import Idiom, Naming, Wires, literal
from benchmarks.gatebench.idioms.matchers_plain import itself
from benchmarks.gatebench.idioms.writing import Template

LOOP = Idiom(
    "matcher",
    "smali-loop-of-gotos",
    Template(
        smali={
            "@T_match@": """
.class final L@folder@/@T_match@;
.super Ljava/lang/Object;

.method static @m_hit@(Ljava/util/List;Ljava/lang/String;)Z
    .registers 24
    move-object/from16 v20, p0
    move-object/from16 v16, p1
    const/4 v0, 0x0
    goto/16 :ask
    :look
    invoke-interface/range {v20 .. v21}, Ljava/util/List;->get(I)Ljava/lang/Object;
    move-result-object v21
    check-cast v21, Ljava/lang/CharSequence;
    move-object/from16 v17, v21
    invoke-virtual/range {v16 .. v17}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z
    move-result v1
    if-nez v1, :found
    goto :next
    :ask
    invoke-interface/range {v20 .. v20}, Ljava/util/List;->size()I
    move-result v1
    if-ge v0, v1, :none
    move/from16 v21, v0
    goto :look
    :found
    const/4 v1, 0x1
    goto :end
    :next
    add-int/lit8 v0, v0, 0x1
    goto :ask
    :none
    const/4 v1, 0x0
    :end
    return v1
.end method
"""
        },
        use="@T_match@.@m_hit@(@words({context})@, {text})",
    ),
    takes=("List<String>",),
    language="smali",
)

FLATTENED = Idiom(
    "matcher",
    "smali-flattened",
    Template(
        smali={
            "@T_match@": """
.class final L@folder@/@T_match@;
.super Ljava/lang/Object;

.method static @m_hit@([Ljava/lang/String;Ljava/lang/String;)Z
    .registers 8
    const/4 v0, 0x2
    const/4 v1, 0x0
    const/4 v2, 0x0
    :turn
    packed-switch v0, :states
    return v2
    :compare
    aget-object v3, p0, v1
    invoke-virtual {p1, v3}, Ljava/lang/String;->indexOf(Ljava/lang/String;)I
    move-result v4
    const/4 v0, 0x3
    if-ltz v4, :turn
    const/4 v2, 0x1
    const/4 v0, 0x5
    goto :turn
    :bound
    array-length v4, p0
    const/4 v0, 0x5
    if-ge v1, v4, :turn
    const/4 v0, 0x1
    goto :turn
    :step
    add-int/lit8 v1, v1, 0x1
    const/4 v0, 0x2
    goto :turn
    :states
    .packed-switch 0x1
        :compare
        :bound
        :step
    .end packed-switch
.end method
"""
        },
        use="@T_match@.@m_hit@(@words({context})@, {text})",
    ),
    held_back=True,
    takes=("String[]",),
    language="smali",
)


def _table(_names: Naming, wiring: Wires) -> Mapping[str, str]:
    words = wiring.entries
    consts = "\n    ".join(f"const-string/jumbo v{at}, {literal(word)}" for at, word in enumerate(words))
    return {"consts": consts, "last": str(len(words) - 1), "count": str(len(words) + 2)}


FILLED = Idiom(
    "list",
    "smali-filled-array",
    Template(
        smali={
            "@T_words@": """
.class final L@folder@/@T_words@;
.super Ljava/lang/Object;

.field static @f_all@:[Ljava/lang/String;

.method static constructor <clinit>()V
    .registers @count@
    @consts@
    filled-new-array/range {v0 .. v@last@}, [Ljava/lang/String;
    move-result-object v0
    sput-object v0, L@folder@/@T_words@;->@f_all@:[Ljava/lang/String;
    return-void
.end method

.method static @m_all@()Ljava/util/List;
    .registers 1
    sget-object v0, L@folder@/@T_words@;->@f_all@:[Ljava/lang/String;
    invoke-static {v0}, Ljava/util/Arrays;->asList([Ljava/lang/Object;)Ljava/util/List;
    move-result-object v0
    return-object v0
.end method
"""
        },
        use="@T_words@.@m_all@()",
        parts=_table,
    ),
    origin="constants",
    language="smali",
)


def _chain(_names: Naming, wiring: Wires) -> Mapping[str, str]:
    lines = []
    for at, word in enumerate(wiring.entries):
        head, tail = word[:2], word[2:]
        lines += [f":at{at}", f"const-string v1, {literal(head)}", f"const-string v2, {literal(tail)}", "goto :put"]
    return {
        "blocks": "\n    ".join(lines),
        "labels": "\n        ".join(f":at{at}" for at in range(len(wiring.entries))),
    }


SCATTERED = Idiom(
    "list",
    "smali-scattered-words",
    Template(
        smali={
            "@T_words@": """
.class final L@folder@/@T_words@;
.super Ljava/lang/Object;

.method static @m_all@()Ljava/util/Set;
    .registers 5
    new-instance v4, Ljava/util/HashSet;
    invoke-direct {v4}, Ljava/util/HashSet;-><init>()V
    const/4 v0, 0x0
    :turn
    packed-switch v0, :words
    return-object v4
    @blocks@
    :put
    invoke-virtual {v1, v2}, Ljava/lang/String;->concat(Ljava/lang/String;)Ljava/lang/String;
    move-result-object v3
    invoke-interface {v4, v3}, Ljava/util/Set;->add(Ljava/lang/Object;)Z
    add-int/lit8 v0, v0, 0x1
    goto :turn
    :words
    .packed-switch 0x0
        @labels@
    .end packed-switch
.end method
"""
        },
        use="@T_words@.@m_all@()",
        parts=_chain,
    ),
    held_back=True,
    origin="constants",
    gives="Set<String>",
    language="smali",
)


def _equalities(_names: Naming, wiring: Wires) -> Mapping[str, str]:
    asked = []
    for word in wiring.entries:
        asked += [
            f"const-string v0, {literal(word)}",
            "invoke-virtual {v0, p0}, Ljava/lang/String;->equalsIgnoreCase(Ljava/lang/String;)Z",
            "move-result v1",
            "or-int/2addr v2, v1",
        ]
    return {"tests": "\n    ".join(asked)}


JOINED = Idiom(
    "matcher",
    "smali-answers-joined-by-or",
    Template(
        smali={
            "@T_match@": """
.class final L@folder@/@T_match@;
.super Ljava/lang/Object;

.method static @m_hit@(Ljava/lang/String;)Z
    .registers 4
    const/4 v2, 0x0
    @tests@
    return v2
.end method
"""
        },
        use="@T_match@.@m_hit@({text})",
        parts=_equalities,
    ),
    takes=("inline",),
    sample=itself,
    language="smali",
)

IDIOMS = (LOOP, FLATTENED, FILLED, SCATTERED, JOINED)

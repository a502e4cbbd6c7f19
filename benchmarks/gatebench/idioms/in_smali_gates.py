"""Gates in smali: conditions that are always so, and switches on what a text hashes to."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.gate_parts import market
from benchmarks.gatebench.idioms.gates_market import property_name
from benchmarks.gatebench.idioms.writing import Template

OPAQUE = Idiom(
    "gate",
    "smali-opaque-branches",
    Template(
        smali={
            "@T_gate@": """
.class final L@folder@/@T_gate@;
.super Ljava/lang/Object;

.field private static @f_seed@:I

.method static @m_open@()Z
    .registers 4
    sget v0, L@folder@/@T_gate@;->@f_seed@:I
    mul-int v1, v0, v0
    add-int/2addr v1, v0
    and-int/lit8 v1, v1, 0x1
    if-nez v1, :never
    const-string v0, "@property@"
    invoke-static {v0}, Landroid/os/SystemProperties;->get(Ljava/lang/String;)Ljava/lang/String;
    move-result-object v0
    const-string v1, "CN"
    invoke-virtual {v1, v0}, Ljava/lang/String;->equals(Ljava/lang/Object;)Z
    move-result v0
    if-eqz v0, :shut
    :open
    const/4 v0, 0x1
    return v0
    :never
    const-string v0, "@k_never@"
    invoke-virtual {v0}, Ljava/lang/String;->length()I
    move-result v0
    :shut
    const/4 v0, 0x0
    return v0
.end method
"""
        },
        use="@T_gate@.@m_open@()",
        market_properties=("@property@",),
        parts=property_name,
    ),
    opens=market("CN"),
    stages=("use", "download"),
    language="smali",
)

HASHED = Idiom(
    "gate",
    "smali-switch-on-hash",
    Template(
        smali={
            "@T_gate@": """
.class final L@folder@/@T_gate@;
.super Ljava/lang/Object;

.method static @m_open@()Z
    .registers 3
    const-string v0, "@property@"
    const-string v1, ""
    invoke-static {v0, v1}, Landroid/os/SystemProperties;->get(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;
    move-result-object v0
    invoke-virtual {v0}, Ljava/lang/String;->hashCode()I
    move-result v1
    sparse-switch v1, :markets
    :shut
    const/4 v2, 0x0
    return v2
    :china
    const-string v1, "CN"
    goto :sure
    :states
    const-string v1, "US"
    :sure
    invoke-virtual {v0, v1}, Ljava/lang/String;->equals(Ljava/lang/Object;)Z
    move-result v2
    return v2
    :markets
    .sparse-switch
        0x86b -> :china
        0xa9e -> :states
    .end sparse-switch
.end method
"""
        },
        use="@T_gate@.@m_open@()",
        market_properties=("@property@",),
        parts=property_name,
    ),
    held_back=True,
    opens=market("CN", "US"),
    stages=("use", "consequence"),
    language="smali",
)

IDIOMS = (OPAQUE, HASHED)

"""Plumbing through which a list reaches its comparison: holders, maps, suppliers, builders, records."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.matchers_plain import EACH
from benchmarks.gatebench.idioms.writing import Template


def words(name: str, sources: dict[str, str], use: str, *, held_back: bool = False) -> Idiom:
    """Return plumbing of the list."""
    template = Template(sources=sources, use=use)
    return Idiom("plumbing", name, template, held_back=held_back, carries="words", takes=EACH)


DIRECT = Idiom(
    "plumbing",
    "direct-words",
    Template(use="@words({context})@"),
    carries="words",
    takes=(*EACH, "String", "table"),
)

HOLDER = words(
    "generic-holder",
    {
        "@T_holder@": """
final class @T_holder@<E> {
    private final E @f_value@;

    @T_holder@(E value) {
        this.@f_value@ = value;
    }

    E @m_get@() {
        return @f_value@;
    }

    static @T_holder@<@L@> @m_of@(Context context) {
        return new @T_holder@<>(@words(context)@);
    }
}
"""
    },
    "@T_holder@.@m_of@({context}).@m_get@()",
)

MAP = words(
    "map-in-field",
    {
        "@T_registry@": """
class @T_registry@ {
    private final Map<String, Object> @f_parts@ = new HashMap<>();

    @T_registry@(Context context) {
        @f_parts@.put("@k_owner@", context.getPackageName());
        @f_parts@.put("@k_entries@", @words(context)@);
    }

    @SuppressWarnings("unchecked")
    @L@ @m_get@() {
        return (@L@) @f_parts@.get("@k_entries@");
    }
}
"""
    },
    "new @T_registry@({context}).@m_get@()",
    held_back=True,
)

FORMATTED = words(
    "map-by-formatted-key",
    {
        "@T_registry@": """
final class @T_registry@ {
    private static final Hashtable<String, @L@> @f_parts@ = new Hashtable<>();

    private static String @m_key@(int level) {
        return String.format(Locale.ROOT, "%s_%02d", "@k_entries@", level);
    }

    static @L@ @m_at@(Context context, int level) {
        @L@ there = @f_parts@.get(@m_key@(level));
        if (there == null) {
            there = @words(context)@;
            @f_parts@.put(@m_key@(level), there);
        }
        return there;
    }
}
"""
    },
    "@T_registry@.@m_at@({context}, @n_level_1_9@)",
    held_back=True,
)

SINGLETON = words(
    "singleton",
    {
        "@T_shared@": """
final class @T_shared@ {
    private static volatile @T_shared@ @f_instance@;
    private @L@ @f_entries@;

    static @T_shared@ @m_instance@() {
        if (@f_instance@ == null) {
            synchronized (@T_shared@.class) {
                if (@f_instance@ == null) {
                    @f_instance@ = new @T_shared@();
                }
            }
        }
        return @f_instance@;
    }

    @T_shared@ @m_load@(Context context) {
        @f_entries@ = @words(context)@;
        return this;
    }

    @L@ @m_entries@() {
        return @f_entries@;
    }
}
"""
    },
    "@T_shared@.@m_instance@().@m_load@({context}).@m_entries@()",
)

SUPPLIER = words(
    "supplier",
    {
        "@T_lazy@": """
import java.util.function.Supplier;

final class @T_lazy@ implements Supplier<@L@> {
    private final Supplier<@L@> @f_inner@;
    private @L@ @f_ready@;

    @T_lazy@(Supplier<@L@> inner) {
        this.@f_inner@ = inner;
    }

    @Override
    public @L@ get() {
        if (@f_ready@ == null) {
            @f_ready@ = @f_inner@.get();
        }
        return @f_ready@;
    }

    static @L@ @m_of@(Context context) {
        return new @T_lazy@(() -> @words(context)@).get();
    }
}
"""
    },
    "@T_lazy@.@m_of@({context})",
    held_back=True,
)

SOURCE = words(
    "source-interface",
    {
        "@T_words_source@": """
interface @T_words_source@<E> {
    E @m_load@(Context context);
}
""",
        "@T_stock@": """
final class @T_stock@ implements @T_words_source@<@L@> {
    static final @T_words_source@<@L@> @f_default@ = new @T_stock@();

    @Override
    public @L@ @m_load@(Context context) {
        return @words(context)@;
    }
}
""",
    },
    "@T_stock@.@f_default@.@m_load@({context})",
)

SNAPSHOT = words(
    "snapshot-by-builder",
    {
        "@T_snapshot@": """
class @T_snapshot@ {
    private final @L@ @f_entries@;
    private final long @f_taken@;

    private @T_snapshot@(@L@ entries, long taken) {
        @f_entries@ = entries;
        @f_taken@ = taken;
    }

    @L@ @m_entries@() {
        return @f_entries@;
    }

    static Maker @m_make@() {
        return new Maker();
    }

    static class Maker {
        private @L@ entries;
        private long taken;

        Maker @m_from@(Context context) {
            entries = @words(context)@;
            return this;
        }

        Maker @m_now@() {
            taken = System.currentTimeMillis();
            return this;
        }

        @T_snapshot@ @m_done@() {
            return new @T_snapshot@(entries, taken);
        }
    }
}
"""
    },
    "@T_snapshot@.@m_make@().@m_from@({context}).@m_now@().@m_done@().@m_entries@()",
)

DIRECT_START = Idiom("plumbing", "direct-start", Template(use="@start({context})@"), carries="start")

IDIOMS = (DIRECT, HOLDER, MAP, FORMATTED, SINGLETON, SUPPLIER, SOURCE, SNAPSHOT, DIRECT_START)

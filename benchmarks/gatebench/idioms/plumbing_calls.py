"""Plumbing within one thread: helpers, interfaces, lambdas, holders, maps, builders, reflection."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.writing import Template


def ask(name: str, sources: dict[str, str], use: str, *, held_back: bool = False) -> Idiom:
    """Return plumbing of a question."""
    return Idiom("plumbing", name, Template(sources=sources, use=use), held_back=held_back, carries="ask")


DIRECT = Idiom("plumbing", "direct", Template(use="@decide({context}|{text})@"), carries="decide")
ASKED = Idiom("plumbing", "direct-question", Template(use="@ask({context}|{text})@"), carries="ask")

HELPER = ask(
    "helper-of-two-callers",
    {
        "@T_checks@": """
final class @T_checks@ {
    static boolean @m_check@(Context context, String text) {
        return text != null && !text.isEmpty() && @ask(context|text)@;
    }

    static void @m_warm@(Context context) {
        if (@m_check@(context, "@k_sample@")) {
            android.util.Log.v("@T_checks@", "warm");
        }
    }
}
"""
    },
    "@T_checks@.@m_check@({context}, {text})",
)

INTERFACE = ask(
    "behind-an-interface",
    {
        "@T_judge@": """
interface @T_judge@ {
    boolean @m_judge@(String text);
}
""",
        "@T_real@": """
final class @T_real@ implements @T_judge@ {
    private final Context @f_context@;

    @T_real@(Context context) {
        @f_context@ = context;
    }

    static @T_judge@ @m_of@(Context context) {
        return new @T_real@(context);
    }

    @Override
    public boolean @m_judge@(String text) {
        return @ask(@f_context@|text)@;
    }
}
""",
    },
    "@T_real@.@m_of@({context}).@m_judge@({text})",
)

PREDICATE = ask(
    "predicate-lambda",
    {
        "@T_tests@": """
import java.util.function.Predicate;

final class @T_tests@ {
    static Predicate<String> @m_test@(Context context) {
        return text -> @ask(context|text)@;
    }
}
"""
    },
    "@T_tests@.@m_test@({context}).test({text})",
    held_back=True,
)

REFERENCE = ask(
    "method-reference",
    {
        "@T_tests@": """
import java.util.function.BiFunction;

final class @T_tests@ {
    static boolean @m_run@(Context context, String text) {
        BiFunction<Context, String, Boolean> question = @T_tests@::@m_inner@;
        return question.apply(context, text);
    }

    private static boolean @m_inner@(Context context, String text) {
        return @ask(context|text)@;
    }
}
"""
    },
    "@T_tests@.@m_run@({context}, {text})",
)

STRATEGIES = ask(
    "map-of-strategies",
    {
        "@T_table@": """
final class @T_table@ {
    interface @T_step@ {
        boolean @m_step@(Context context, String text);
    }

    private static final Map<String, @T_step@> @f_steps@ = new HashMap<>();

    static {
        @f_steps@.put("@k_none@", new @T_step@() {
            @Override
            public boolean @m_step@(Context context, String text) {
                return false;
            }
        });
        @f_steps@.put("@k_full@", new @T_step@() {
            @Override
            public boolean @m_step@(Context context, String text) {
                return @ask(context|text)@;
            }
        });
    }

    static boolean @m_apply@(String key, Context context, String text) {
        @T_step@ step = @f_steps@.get(key);
        return step != null && step.@m_step@(context, text);
    }
}
"""
    },
    '@T_table@.@m_apply@("@k_full@", {context}, {text})',
    held_back=True,
)

BUILDER = ask(
    "request-builder",
    {
        "@T_request@": """
final class @T_request@ {
    private final Context @f_context@;
    private final String @f_text@;
    private final int @f_level@;

    private @T_request@(Builder builder) {
        @f_context@ = builder.context;
        @f_text@ = builder.text;
        @f_level@ = builder.level;
    }

    boolean @m_send@() {
        return @f_level@ >= 0 && @ask(@f_context@|@f_text@)@;
    }

    static final class Builder {
        private final Context context;
        private String text = "";
        private int level;

        Builder(Context context) {
            this.context = context;
        }

        Builder @m_text@(String text) {
            this.text = text;
            return this;
        }

        Builder @m_level@(int level) {
            this.level = level;
            return this;
        }

        @T_request@ @m_build@() {
            return new @T_request@(this);
        }
    }
}
"""
    },
    "new @T_request@.Builder({context}).@m_text@({text}).@m_level@(@n_level_1_9@).@m_build@().@m_send@()",
)

INNER = ask(
    "inner-class-access",
    {
        "@T_outer@": """
class @T_outer@ {
    private final Context @f_context@;
    private String @f_text@;

    @T_outer@(Context context) {
        this.@f_context@ = context;
    }

    boolean @m_look@(String text) {
        @f_text@ = text;
        return new @T_probe@().@m_probe@();
    }

    private boolean @m_inner@(String text) {
        return @ask(@f_context@|text)@;
    }

    private class @T_probe@ {
        private boolean @m_probe@() {
            return @m_inner@(@f_text@);
        }
    }
}
"""
    },
    "new @T_outer@({context}).@m_look@({text})",
    held_back=True,
)

FUTURE = ask(
    "future-joined",
    {
        "@T_wait@": """
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

final class @T_wait@ {
    static boolean @m_now@(Context context, String text) {
        FutureTask<Boolean> task = new FutureTask<>(() -> @ask(context|text)@);
        new Thread(task).start();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException cause) {
            return false;
        }
    }
}
"""
    },
    "@T_wait@.@m_now@({context}, {text})",
)

IDIOMS = (
    DIRECT,
    ASKED,
    HELPER,
    INTERFACE,
    PREDICATE,
    REFERENCE,
    STRATEGIES,
    BUILDER,
    INNER,
    FUTURE,
)

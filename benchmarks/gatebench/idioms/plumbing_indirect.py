"""Plumbing by reflection and by listeners."""

from benchmarks.gatebench.idioms.carrying import decide

REFLECTION = decide(
    "constant-reflection",
    {
        "@T_target@": """
public final class @T_target@ {
    public static void @m_take@(Context context, String text) {
        @run(context|text)@
    }
}
""",
        "@T_caller@": """
final class @T_caller@ {
    static void @m_call@(Context context, String text) {
        try {
            Class<?> target = Class.forName("@package@.@T_target@");
            target.getMethod("@m_take@", Context.class, String.class).invoke(null, context, text);
        } catch (ReflectiveOperationException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
""",
    },
    "@T_caller@.@m_call@({context}, {text});",
)

LISTENER = decide(
    "listener-interface",
    {
        "@T_listener@": """
interface @T_listener@ {
    void @m_arrived@(Context context, String text);
}
""",
        "@T_source@": """
final class @T_source@ {
    private static final @T_source@ @f_shared@ = new @T_source@();
    private final List<@T_listener@> @f_listeners@ = new ArrayList<>();

    private @T_source@() {
        @f_listeners@.add(new @T_desk@());
    }

    static @T_source@ @m_shared@() {
        return @f_shared@;
    }

    void @m_tell@(Context context, String text) {
        for (@T_listener@ listener : @f_listeners@) {
            listener.@m_arrived@(context, text);
        }
    }
}
""",
        "@T_desk@": """
class @T_desk@ implements @T_listener@ {
    @Override
    public void @m_arrived@(Context context, String text) {
        @run(context|text)@
    }
}
""",
    },
    "@T_source@.@m_shared@().@m_tell@({context}, {text});",
)

IDIOMS = (REFLECTION, LISTENER)

"""Further gates on what a handset says of itself: how its market and its language are looked up and kept."""

from benchmarks.gatebench.fragments import Profile, State
from benchmarks.gatebench.idioms.gate_parts import language, market
from benchmarks.gatebench.idioms.gates_more_parts import handset

SWITCH = """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        switch (@market@) {
            case "CN":
            case "HK":
                return true;
            case "LT":
            case "US":
                return false;
            default:
                return false;
        }
    }
}
"""

NUMBERED = """
final class @T_gate@ {
    private static int @m_region@(String market) {
        return market.isEmpty() ? 0 : "US".equals(market) ? 1 : "CN".equals(market) ? 3 : 2;
    }

    static boolean @m_open@(Context context) {
        switch (@m_region@(@market@)) {
            case 0:
            case 3:
                return true;
            default:
                return false;
        }
    }
}
"""

ENUM = """
enum @T_gate@ {
    CN(true), LT(false), US(false), DE(false), RU(true);

    private final boolean @f_strict@;

    @T_gate@(boolean strict) {
        @f_strict@ = strict;
    }

    static boolean @m_open@(Context context) {
        try {
            return valueOf(@market@).@f_strict@;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
"""

MAP = """
final class @T_gate@ {
    private static final Map<String, Boolean> @f_regions@ = new HashMap<>();

    static {
        @f_regions@.put("CN", Boolean.TRUE);
        @f_regions@.put("RU", Boolean.TRUE);
        @f_regions@.put("US", Boolean.FALSE);
    }

    static boolean @m_open@(Context context) {
        Boolean found = @f_regions@.get(@market@);
        return found != null && found;
    }
}
"""

BITS = """
final class @T_gate@ {
    private static final int @f_china@ = 1 << 2;
    private static final int @f_america@ = 1 << 1;
    private static final int @f_elsewhere@ = 1;

    private static int @m_bits@(String market) {
        int bits = 0;
        if (market.equals("CN")) {
            bits |= @f_china@;
        }
        if (market.equals("US")) {
            bits |= @f_america@;
        }
        if (bits == 0) {
            bits = @f_elsewhere@;
        }
        return bits;
    }

    static boolean @m_open@(Context context) {
        return (@m_bits@(@market@) & (@f_china@ | @f_america@)) != 0;
    }
}
"""

REFLECTED = """
import java.lang.reflect.Method;

final class @T_gate@ {
    private static String @m_property@(String name) {
        try {
            Class<?> type = Class.forName("android.os.SystemProperties");
            Method get = type.getMethod("get", String.class, String.class);
            return (String) get.invoke(null, name, "");
        } catch (ReflectiveOperationException missing) {
            return "";
        }
    }

    static boolean @m_open@(Context context) {
        return @m_property@("@property@").equalsIgnoreCase("cn");
    }
}
"""

LOCALE = """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String tag = Locale.getDefault().toString();
        return tag.startsWith("zh_") || tag.endsWith("_US");
    }
}
"""

LOOP = """
final class @T_gate@ {
    private static final String[] @f_regions@ = {"CN", "HK", "MO"};

    static boolean @m_open@(Context context) {
        String market = @market@;
        for (String region : @f_regions@) {
            if (region.equalsIgnoreCase(market)) {
                return true;
            }
        }
        return false;
    }
}
"""

EAGER = """
final class @T_gate@ {
    private static final String @f_market@ = @market@;
    private static final boolean @f_on@ = !(@f_market@.equals("CN") ^ @f_market@.length() == 2);

    static boolean @m_open@(Context context) {
        return @f_on@ & !@f_market@.isEmpty();
    }
}
"""

STARTED = """
final class @T_gate@ {
    private static boolean @f_strict@;

    static void @m_begin@(Context context) {
        String market = @market@;
        @f_strict@ = !market.equals("LT") && !market.equals("US");
    }

    static boolean @m_open@(Context context) {
        return @f_strict@;
    }
}
"""

LAZY = """
final class @T_gate@ {
    private static Boolean @f_known@;

    static boolean @m_open@(Context context) {
        if (@f_known@ == null) {
            @f_known@ = "CN".equals(@market@);
        }
        return @f_known@;
    }
}
"""

SINGLETON = """
final class @T_gate@ {
    private static volatile @T_gate@ @f_one@;
    private final boolean @f_strict@;
    private final String @f_market@;

    private @T_gate@() {
        @f_market@ = @market@;
        @f_strict@ = @f_market@.startsWith("C");
    }

    static @T_gate@ @m_one@() {
        if (@f_one@ == null) {
            synchronized (@T_gate@.class) {
                if (@f_one@ == null) {
                    @f_one@ = new @T_gate@();
                }
            }
        }
        return @f_one@;
    }

    boolean @m_strict@() {
        return @f_strict@;
    }

    static boolean @m_open@(Context context) {
        return @m_one@().@m_strict@();
    }
}
"""

THROWN = """
final class @T_gate@ {
    private static void @m_require@(String market) {
        if (!market.equals("CN") && !market.equals("US")) {
            throw new IllegalStateException(market);
        }
    }

    static boolean @m_open@(Context context) {
        try {
            @m_require@(@market@);
            return true;
        } catch (IllegalStateException elsewhere) {
            return false;
        }
    }
}
"""


def _by_locale(profile: Profile, _state: State) -> bool:
    return language(profile) == "zh" or profile.locale.endswith("-US")


IDIOMS = (
    handset("market-in-a-switch", SWITCH, opens=market("CN")),
    handset("market-as-a-number", NUMBERED, opens=market("CN", "")),
    handset("market-names-a-constant", ENUM, opens=market("CN")),
    handset("market-in-a-map", MAP, opens=market("CN")),
    handset("market-as-bits", BITS, opens=market("CN", "US")),
    handset("market-by-reflection", REFLECTED, opens=market("CN")),
    handset("locale-begins-or-ends", LOCALE, opens=_by_locale),
    handset("market-in-a-loop", LOOP, opens=market("CN")),
    handset("market-without-short-circuit", EAGER, opens=market("CN")),
    handset("market-at-the-start", STARTED, opens=market("CN", ""), start="@T_gate@.@m_begin@({context});"),
    handset("market-asked-once", LAZY, opens=market("CN")),
    handset("market-of-the-only-one", SINGLETON, opens=market("CN")),
    handset("market-by-exception", THROWN, opens=market("CN", "US")),
)

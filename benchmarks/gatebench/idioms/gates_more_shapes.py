"""Further gates on the market whose decision is handed over: to objects, functions, texts that are taken apart."""

from benchmarks.gatebench.idioms.gate_parts import market
from benchmarks.gatebench.idioms.gates_more_parts import handset

STRATEGY = """
final class @T_gate@ {
    interface Policy {
        boolean @m_strict@();
    }

    private static final Map<String, Policy> @f_policies@ = new HashMap<>();

    static {
        @f_policies@.put("CN", () -> true);
        @f_policies@.put("LT", () -> false);
    }

    static boolean @m_open@(Context context) {
        Policy own = @f_policies@.get(@market@);
        return own != null ? own.@m_strict@() : false;
    }
}
"""

OTHERWISE = """
final class @T_gate@ {
    private static final Map<String, Integer> @f_levels@ = new HashMap<>();

    static {
        @f_levels@.put("CN", 3);
        @f_levels@.put("US", 1);
        @f_levels@.put("", 2);
    }

    static boolean @m_open@(Context context) {
        return @f_levels@.getOrDefault(@market@, 0) >= 2;
    }
}
"""

OPTIONAL = """
import java.util.Optional;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        return Optional.of(@market@).filter(market -> market.equals("CN")).isPresent();
    }
}
"""

MAPPED = """
import java.util.Optional;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        return Optional.ofNullable(@market@).map(market -> !market.equals("LT") && !market.equals("US")).orElse(false);
    }
}
"""

PREDICATE = """
import java.util.function.Predicate;

final class @T_gate@ {
    private static final Predicate<String> @f_inside@ = market -> market.equals("CN");
    private static final Predicate<String> @f_nowhere@ = String::isEmpty;

    static boolean @m_open@(Context context) {
        return @f_inside@.or(@f_nowhere@).test(@market@);
    }
}
"""

SUPPLIED = """
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

final class @T_gate@ {
    private final Supplier<String> @f_market@;

    @T_gate@(Supplier<String> market) {
        @f_market@ = market;
    }

    BooleanSupplier @m_decision@() {
        return () -> "CN".equals(@f_market@.get());
    }

    static boolean @m_open@(Context context) {
        return new @T_gate@(() -> @market@).@m_decision@().getAsBoolean();
    }
}
"""

MACHINE = """
final class @T_gate@ {
    private enum Step { BEGIN, INSIDE, OUTSIDE }

    private static Step @m_next@(Step step, String market) {
        switch (step) {
            case BEGIN:
                return market.equals("CN") ? Step.INSIDE : Step.OUTSIDE;
            default:
                return step;
        }
    }

    static boolean @m_open@(Context context) {
        Step step = @m_next@(Step.BEGIN, @market@);
        return step == Step.INSIDE;
    }
}
"""

ENCODED = """
import android.util.Base64;
import java.nio.charset.StandardCharsets;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String inside = new String(Base64.decode("Q04=", Base64.DEFAULT), StandardCharsets.UTF_8);
        return inside.equals(@market@);
    }
}
"""

XORED = """
final class @T_gate@ {
    private static int @f_mask@ = 0x5a3c;

    private static boolean @m_flag@(int stored) {
        return (stored ^ @f_mask@) == 1;
    }

    static boolean @m_open@(Context context) {
        return @m_flag@("CN".equals(@market@) ? 0x5a3d : 0x5a3c);
    }
}
"""

FORMATTED = """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String key = String.format("region_%s", @market@);
        return key.equals("region_CN") || ("region-" + @market@).endsWith("-US");
    }
}
"""

JOINED = """
final class @T_gate@ {
    private static final String @f_regions@ = ",CN,HK,MO,";

    static boolean @m_open@(Context context) {
        return @f_regions@.contains("," + @market@ + ",");
    }
}
"""

SET = """
final class @T_gate@ {
    private static final Set<String> @f_free@ = new HashSet<>(Arrays.asList(@union@));

    private boolean @f_closed@;

    @T_gate@(String market) {
        if (@f_free@.contains(market)) {
            @f_closed@ = true;
            return;
        }
        @f_closed@ = market.isEmpty() || "US".equals(market);
    }

    static boolean @m_open@(Context context) {
        return !new @T_gate@(@market@).@f_closed@;
    }
}
"""

STREAM = """
import java.util.stream.Stream;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String market = @market@;
        return Stream.of("CN", "HK").anyMatch(market::equals);
    }
}
"""

SUBCLASS = """
abstract class @T_gate@ {
    abstract boolean @m_strict@();

    static @T_gate@ @m_of@(String market) {
        if ("CN".equals(market)) {
            return new @T_inside@();
        }
        return new @T_outside@();
    }

    static boolean @m_open@(Context context) {
        return @m_of@(@market@).@m_strict@();
    }
}
"""
INSIDE = "\nfinal class @T_inside@ extends @T_gate@ {\n    boolean @m_strict@() {\n        return true;\n    }\n}\n"
OUTSIDE = INSIDE.replace("inside", "outside").replace("true", "false")

IDIOMS = (
    handset("policies-by-market", STRATEGY, opens=market("CN")),
    handset("levels-by-market-or-none", OTHERWISE, opens=market("CN", "")),
    handset("market-optional", OPTIONAL, opens=market("CN")),
    handset("market-optional-mapped", MAPPED, opens=market("CN", "")),
    handset("market-predicate-joined", PREDICATE, opens=market("CN", "")),
    handset("market-supplied", SUPPLIED, opens=market("CN")),
    handset("market-state-machine", MACHINE, opens=market("CN")),
    handset("market-encoded", ENCODED, opens=market("CN")),
    handset("market-flag-masked", XORED, opens=market("CN")),
    handset("market-formatted", FORMATTED, opens=market("CN", "US")),
    handset("market-in-a-joined-text", JOINED, opens=market("CN")),
    handset("market-closed-in-a-constructor", SET, opens=market("CN")),
    handset("market-in-a-stream", STREAM, opens=market("CN")),
    handset("market-by-subclass", SUBCLASS, opens=market("CN"), more={"@T_inside@": INSIDE, "@T_outside@": OUTSIDE}),
)

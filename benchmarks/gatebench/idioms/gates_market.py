"""Gates on what the handset, its SIM and its user say."""

from collections.abc import Mapping

from benchmarks.gatebench.fragments import Idiom, Naming, Wires, always
from benchmarks.gatebench.idioms.gate_parts import EUROPEAN_UNION, PROPERTIES, language, market
from benchmarks.gatebench.idioms.writing import Template


def property_name(names: Naming, _wiring: Wires) -> Mapping[str, str]:
    """Return the property that holds the market."""
    return {"property": PROPERTIES[names.number("property", 0, len(PROPERTIES) - 1)], "union": EUROPEAN_UNION}


ALWAYS = Idiom("gate", "always", Template(use="true"), opens=always)

CONSTANT = Idiom(
    "gate",
    "market-equals-constant",
    Template(
        sources={
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    static boolean @m_open@() {
        return "CN".equals(SystemProperties.get("@property@", ""));
    }
}
"""
        },
        use="@T_gate@.@m_open@()",
        market_properties=("@property@",),
        parts=property_name,
    ),
    opens=market("CN"),
    stages=("use", "download"),
)

UNION = Idiom(
    "gate",
    "market-not-in-union",
    Template(
        sources={
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    private static final Set<String> @f_union@ = new HashSet<>(Arrays.asList(
            @union@));

    private @T_gate@() {
    }

    static boolean @m_open@() {
        String market = SystemProperties.get("@property@", "");
        return !@f_union@.contains(market.toUpperCase(Locale.ROOT));
    }
}
"""
        },
        use="@T_gate@.@m_open@()",
        market_properties=("@property@",),
        parts=property_name,
    ),
    opens=lambda profile, _state: not profile.european_union,
    stages=("use", "download"),
)

LANGUAGE = Idiom(
    "gate",
    "locale-language",
    Template(
        sources={
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        Locale locale = context.getResources().getConfiguration().locale;
        String language = locale == null ? "" : locale.getLanguage();
        return language.equals("zh") || language.equals("bo");
    }
}
"""
        },
        use="@T_gate@.@m_open@({context})",
    ),
    opens=lambda profile, _state: language(profile) in {"zh", "bo"},
    stages=("use", "consequence"),
)

SIM = Idiom(
    "gate",
    "sim-country",
    Template(
        sources={
            "@T_gate@": """
import android.telephony.TelephonyManager;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        TelephonyManager phone = (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        String country = phone.getSimCountryIso();
        return country != null && country.equalsIgnoreCase("CN");
    }
}
"""
        },
        use="@T_gate@.@m_open@({context})",
    ),
    opens=lambda profile, _state: profile.sim_country == "cn",
    stages=("use", "download"),
)

NETWORK = Idiom(
    "gate",
    "network-country-not",
    Template(
        sources={
            "@T_gate@": """
import android.telephony.TelephonyManager;

class @T_gate@ {
    private final String @f_country@;

    @T_gate@(Context context) {
        this.@f_country@ = context.getSystemService(TelephonyManager.class).getNetworkCountryIso();
    }

    boolean @m_closed@() {
        switch (@f_country@) {
            case "lt":
            case "lv":
            case "ee":
            case "pl":
                return true;
            default:
                return @f_country@.isEmpty();
        }
    }
}
"""
        },
        use="!new @T_gate@({context}).@m_closed@()",
    ),
    held_back=True,
    opens=lambda profile, _state: profile.sim_country not in {"lt", ""},
    stages=("use", "consequence"),
)

STRATEGY = Idiom(
    "gate",
    "strategy-by-market",
    Template(
        sources={
            "@T_policy@": """
interface @T_policy@ {
    boolean @m_applies@(String part);
}
""",
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    private static final class @T_open@ implements @T_policy@ {
        @Override
        public boolean @m_applies@(String part) {
            return part.length() > 0;
        }
    }

    private static final class @T_shut@ implements @T_policy@ {
        @Override
        public boolean @m_applies@(String part) {
            return false;
        }
    }

    static @T_policy@ @m_current@() {
        if (SystemProperties.get("@property@").equals("CN")) {
            return new @T_open@();
        }
        return new @T_shut@();
    }
}
""",
        },
        use='@T_gate@.@m_current@().@m_applies@("@k_part@")',
        market_properties=("@property@",),
        parts=property_name,
    ),
    opens=market("CN"),
    stages=("use", "consequence"),
)

REGION = Idiom(
    "gate",
    "region-enum-switch",
    Template(
        sources={
            "@T_region@": """
enum @T_region@ {
    HOME, EUROPE, OTHER;

    static @T_region@ @m_of@(String market) {
        for (String one : new String[] {@union@}) {
            if (one.equals(market)) {
                return EUROPE;
            }
        }
        return "CN".equals(market) ? HOME : OTHER;
    }
}
""",
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    static boolean @m_open@() {
        switch (@T_region@.@m_of@(SystemProperties.get("@property@", ""))) {
            case HOME:
                return true;
            case EUROPE:
                return false;
            default:
                return false;
        }
    }
}
""",
        },
        use="@T_gate@.@m_open@()",
        market_properties=("@property@",),
        parts=property_name,
    ),
    held_back=True,
    opens=market("CN"),
)

IDIOMS = (
    ALWAYS,
    CONSTANT,
    UNION,
    LANGUAGE,
    SIM,
    NETWORK,
    STRATEGY,
    REGION,
)

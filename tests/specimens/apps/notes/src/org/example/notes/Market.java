package org.example.notes;

import android.os.SystemProperties;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The market this handset was built for, as the vendor's build says. */
final class Market {
    private static final Set<String> EUROPEAN_UNION = new HashSet<>(Arrays.asList(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
            "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"));

    private Market() {
    }

    static String code() {
        return SystemProperties.get("ro.product.market", "");
    }

    static boolean isEuropeanUnion() {
        return EUROPEAN_UNION.contains(code());
    }
}

package android.location;

import java.util.Locale;
import org.example.bench.Bench;

public class Address {
    public Address(Locale locale) {
    }

    public String getLocality() {
        return (String) Bench.memory.get("town");
    }

    public String getCountryCode() {
        return Bench.profile("market");
    }
}

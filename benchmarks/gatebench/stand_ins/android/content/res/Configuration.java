package android.content.res;

import java.util.Locale;
import org.example.bench.Bench;

public final class Configuration {
    public Locale locale = Locale.forLanguageTag(Bench.profile("locale"));
    public int mcc;

    public android.os.LocaleList getLocales() {
        return new android.os.LocaleList(locale);
    }
}

"""Texts of what servers offer to show: advertisements and items of a feed."""

import json

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

SHOW = """
    private void @m_show@(List<@T_item@> items) {
        List<String> rows = new ArrayList<>();
        for (@T_item@ item : items) {
            rows.add(item.@f_title@);
        }
        @f_view@.setAdapter(new ArrayAdapter<>(this, 17367043, rows));
    }
"""

LOAD = """
    private static String @m_load@(String address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
        try (Scanner scanner = new Scanner(connection.getInputStream(), "UTF-8")) {
            scanner.useDelimiter("\\\\A");
            return scanner.hasNext() ? scanner.next() : "";
        } finally {
            connection.disconnect();
        }
    }
"""

IMPORTS = """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
"""


def _quoted(document: object) -> str:
    """Return the Java expression of a JSON text in which TEXT stands for the driver's text."""
    before, after = json.dumps(document).split("TEXT")
    return f"{json.dumps(before)} + text + {json.dumps(after)}"


ADVERTS = Idiom(
    "text",
    "advertisement-dropped",
    Template(
        sources={
            "@T_item@": """
final class @T_item@ {
    String adId;
    String @f_title@;
    String creativeUrl;
    String landingUrl;
    String advertiser;
    long impressionId;
}
""",
            "@T_screen@": "@imports@"
            """
public class @T_screen@ extends Activity {
    private ListView @f_view@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @f_view@ = new ListView(this);
        setContentView(@f_view@);
        try {
            @m_show@(@m_select@(@m_parse@(@m_load@("https://ads.example@p_feed@"))));
        } catch (IOException | JSONException cause) {
            Log.w("@T_screen@", "no ads", cause);
        }
    }

    private List<@T_item@> @m_parse@(String text) throws JSONException {
        List<@T_item@> offered = new ArrayList<>();
        JSONArray array = new JSONObject(text).getJSONArray("ads");
        for (int at = 0; at < array.length(); at++) {
            JSONObject one = array.getJSONObject(at);
            @T_item@ advertisement = new @T_item@();
            advertisement.adId = one.getString("ad_id");
            advertisement.@f_title@ = one.getString("ad_title");
            advertisement.creativeUrl = one.optString("creative_url");
            advertisement.landingUrl = one.optString("landing_url");
            advertisement.advertiser = one.optString("advertiser");
            advertisement.impressionId = one.optLong("impression");
            offered.add(advertisement);
        }
        return offered;
    }

    private List<@T_item@> @m_select@(List<@T_item@> offered) {
        List<@T_item@> kept = new ArrayList<>();
        for (@T_item@ advertisement : offered) {
            String title = advertisement.@f_title@;
            if (!@ask(this|title)@) {
                kept.add(advertisement);
            }
        }
        return kept;
    }
@load@@show@}
""",
        },
        manifest=activity(),
        drive='Bench.reply("https://ads.example@p_feed@", @reply@);\nBench.open(@T_screen@.class);',
        parts=lambda _names, _wiring: {
            "imports": IMPORTS,
            "load": LOAD,
            "show": SHOW,
            "reply": _quoted({"ads": [{"ad_id": "a1", "ad_title": "TEXT", "advertiser": "x", "impression": 5}]}),
        },
    ),
    origin="advertisement",
    shape="question",
    consequences=("dropped",),
    on_plain=("show",),
)

NATIVE = Idiom(
    "text",
    "advertisement-native",
    Template(
        sources={
            "@T_screen@": """
import com.google.android.gms.ads.AdLoader;
import com.google.android.gms.ads.AdRequest;
import com.google.android.gms.ads.nativead.NativeAd;

public class @T_screen@ extends Activity implements NativeAd.OnNativeAdLoadedListener {
    private LinearLayout @f_root@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @f_root@ = new LinearLayout(this);
        setContentView(@f_root@);
        new AdLoader.Builder(this, "ca-app-@n_unit_1000_9999@").forNativeAd(this).build()
                .loadAd(new AdRequest.Builder().build());
    }

    @Override
    public void onNativeAdLoaded(NativeAd advertisement) {
        String headline = advertisement.getHeadline();
        if (@ask(this|headline)@) {
            advertisement.destroy();
            return;
        }
        TextView line = new TextView(this);
        line.setText(headline);
        @f_root@.addView(line);
    }
}
"""
        },
        manifest=activity(),
        drive="com.google.android.gms.ads.AdLoader.offer(text);\nBench.open(@T_screen@.class);",
    ),
    held_back=True,
    origin="advertisement",
    shape="question",
    consequences=("dropped",),
    on_plain=("show",),
)

FEED = Idiom(
    "text",
    "feed-iterator-removed",
    Template(
        sources={
            "@T_item@": """
class @T_item@ {
    final String @f_title@;
    final String @f_author@;

    @T_item@(String title, String author) {
        this.@f_title@ = title;
        this.@f_author@ = author;
    }
}
""",
            "@T_screen@": "@imports@"
            """
public class @T_screen@ extends Activity {
    private ListView @f_view@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @f_view@ = new ListView(this);
        setContentView(@f_view@);
    }

    @Override
    protected void onResume() {
        super.onResume();
        List<@T_item@> items = new ArrayList<>();
        try {
            JSONArray posts = new JSONArray(@m_load@("https://feed.example@p_feed@"));
            for (int at = 0; at < posts.length(); at++) {
                JSONObject post = posts.getJSONObject(at);
                items.add(new @T_item@(post.getString("headline"), post.optString("author", "-")));
            }
        } catch (IOException | JSONException cause) {
            Log.w("@T_screen@", "no items", cause);
        }
        for (Iterator<@T_item@> each = items.iterator(); each.hasNext(); ) {
            String title = each.next().@f_title@;
            if (@ask(this|title)@) {
                each.remove();
            }
        }
        @m_show@(items);
    }
@load@@show@}
""",
        },
        manifest=activity(),
        drive='Bench.reply("https://feed.example@p_feed@", @reply@);\nBench.open(@T_screen@.class);',
        parts=lambda _names, _wiring: {
            "imports": IMPORTS,
            "load": LOAD,
            "show": SHOW,
            "reply": _quoted([{"headline": "TEXT", "author": "b"}]),
        },
    ),
    origin="feed",
    shape="question",
    consequences=("dropped",),
    on_plain=("show",),
)

IDIOMS = (ADVERTS, NATIVE, FEED)

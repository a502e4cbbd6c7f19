"""Lists that a server delivers through request queues, and in forms other than JSON objects."""

import json

from benchmarks.gatebench.fragments import Idiom, State
from benchmarks.gatebench.idioms.lists_download import answer
from benchmarks.gatebench.idioms.writing import Outside, Template

VOLLEY = Idiom(
    "list",
    "volley-listener-to-preference",
    Template(
        sources={
            "@T_words@": """
import com.android.volley.Request;
import com.android.volley.Response;
import com.android.volley.VolleyError;
import com.android.volley.toolbox.JsonObjectRequest;
import com.android.volley.toolbox.Volley;
import org.json.JSONArray;
import org.json.JSONObject;

final class @T_words@ implements Response.Listener<JSONObject>, Response.ErrorListener {
    private final SharedPreferences @f_store@;

    @T_words@(Context context) {
        @f_store@ = context.getSharedPreferences("@k_file@", Context.MODE_PRIVATE);
    }

    void @m_load@(Context context) {
        Volley.newRequestQueue(context).add(
                new JsonObjectRequest(Request.Method.GET, "https://@host@@p_words@", null, this, this));
    }

    @Override
    public void onResponse(JSONObject document) {
        JSONArray words = document.optJSONArray("@k_words@");
        StringBuilder packed = new StringBuilder();
        for (int at = 0; words != null && at < words.length(); at++) {
            packed.append(words.optString(at)).append('\\n');
        }
        @f_store@.edit().putString("@k_words@", packed.toString())
                .putBoolean("@k_on@", document.optBoolean("@k_on@", false)).apply();
    }

    @Override
    public void onErrorResponse(VolleyError error) {
        @f_store@.edit().remove("@k_on@").apply();
    }

    List<String> @m_all@() {
        String packed = @f_store@.getString("@k_words@", "").trim();
        return packed.isEmpty() ? Collections.<String>emptyList() : Arrays.asList(packed.split("\\n"));
    }

    boolean @m_on@() {
        return @f_store@.getBoolean("@k_on@", false);
    }
}
"""
        },
        use="new @T_words@({context}).@m_all@()",
        start="new @T_words@({context}).@m_load@({context});",
        libraries=("com.android.volley",),
        outside=Outside(replies={"https://@host@@p_words@": answer}),
        flag="new @T_words@({context}).@m_on@()",
    ),
    origin="downloaded",
    remote=True,
)


def _semicolons(words: tuple[str, ...], _state: State) -> str:
    return ";".join(words)


VOLLEY_LAMBDA = Idiom(
    "list",
    "volley-lambda-to-memory",
    Template(
        sources={
            "@T_words@": """
import com.android.volley.Request;
import com.android.volley.toolbox.StringRequest;
import com.android.volley.toolbox.Volley;

final class @T_words@ {
    private static volatile String @f_packed@ = "";

    static void @m_load@(Context context) {
        Volley.newRequestQueue(context).add(new StringRequest(Request.Method.GET, "https://@host@@p_words@",
                text -> @f_packed@ = text, error -> @f_packed@ = ""));
    }

    static Set<String> @m_all@() {
        Set<String> words = new TreeSet<>();
        StringTokenizer each = new StringTokenizer(@f_packed@, ";");
        while (each.hasMoreTokens()) {
            words.add(each.nextToken());
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@({context});",
        libraries=("com.android.volley",),
        outside=Outside(replies={"https://@host@@p_words@": _semicolons}),
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
    gives="Set<String>",
)


def _xml(words: tuple[str, ...], _state: State) -> str:
    return "<list>" + "".join(f"<@k_entry@>{word}</@k_entry@>" for word in words) + "</list>"


XML = Idiom(
    "list",
    "download-xml",
    Template(
        sources={
            "@T_words@": """
import android.util.Xml;
import java.net.URL;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xmlpull.v1.XmlPullParser;
import org.xmlpull.v1.XmlPullParserException;

final class @T_words@ {
    private static final List<String> @f_all@ = new CopyOnWriteArrayList<>();

    static List<String> @m_all@() {
        return @f_all@;
    }

    static void @m_load@() {
        try (InputStream in = new URL("http://@host@@p_words@").openStream()) {
            XmlPullParser parser = Xml.newPullParser();
            parser.setInput(in, "UTF-8");
            for (int event = parser.getEventType(); event != XmlPullParser.END_DOCUMENT; event = parser.next()) {
                if (event == XmlPullParser.START_TAG && "@k_entry@".equals(parser.getName())) {
                    @f_all@.add(parser.nextText());
                }
            }
        } catch (IOException | XmlPullParserException cause) {
            @f_all@.clear();
        }
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        outside=Outside(replies={"http://@host@@p_words@": _xml}),
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
)


def _nested(words: tuple[str, ...], _state: State) -> str:
    groups = [{"@k_group@": "a", "@k_words@": list(words[::2])}, {"@k_group@": "b", "@k_words@": list(words[1::2])}]
    return json.dumps({"data": {"groups": groups}})


NESTED = Idiom(
    "list",
    "download-nested-json",
    Template(
        sources={
            "@T_words@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_words@ {
    private static Map<String, List<String>> @f_groups@ = new LinkedHashMap<>();

    static void @m_load@() {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) new URL("https://@host@@p_words@").openConnection();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            InputStream in = connection.getInputStream();
            byte[] block = new byte[256];
            for (int count = in.read(block); count != -1; count = in.read(block)) {
                out.write(block, 0, count);
            }
            JSONArray groups = new JSONObject(out.toString("UTF-8")).getJSONObject("data").getJSONArray("groups");
            for (int at = 0; at < groups.length(); at++) {
                @m_group@(groups.getJSONObject(at));
            }
        } catch (IOException | JSONException cause) {
            Log.e("@T_words@", "none", cause);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private static void @m_group@(JSONObject group) throws JSONException {
        List<String> members = new ArrayList<>();
        JSONArray words = group.getJSONArray("@k_words@");
        for (int at = 0; at < words.length(); at++) {
            members.add(words.getString(at));
        }
        @f_groups@.put(group.getString("@k_group@"), members);
    }

    static List<String> @m_all@() {
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, List<String>> group : @f_groups@.entrySet()) {
            all.addAll(group.getValue());
        }
        return all;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        outside=Outside(replies={"https://@host@@p_words@": _nested}),
    ),
    origin="downloaded",
    remote=True,
)

IDIOMS = (VOLLEY, VOLLEY_LAMBDA, XML, NESTED)

"""Lists that a server delivers, fetched by the platform's own connection and kept in different places."""

import json

from benchmarks.gatebench.fragments import Idiom, State
from benchmarks.gatebench.idioms.writing import Outside, Template

READER = """
    static String @m_read@(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] block = new byte[2048];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            bytes.write(block, 0, count);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
"""


def answer(words: tuple[str, ...], state: State) -> str:
    """Return a JSON object with the words, a version and, where it is delivered, the switch."""
    document: dict[str, object] = {"@k_version@": 12, "@k_words@": list(words)}
    if state.get("flag") is not None:
        document["@k_on@"] = bool(state["flag"])
    return json.dumps(document)


def _lines(words: tuple[str, ...], _state: State) -> str:
    return "\n".join(words)


TO_FILE = Idiom(
    "list",
    "download-to-file",
    Template(
        sources={
            "@T_words_loader@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

final class @T_words_loader@ {
    private static final String @f_address@ = "http://@host@@p_words@";

    static void @m_refresh@(Context context) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) new URL(@f_address@).openConnection();
            connection.setConnectTimeout(15000);
            connection.setReadTimeout(15000);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return;
            }
            String text = @m_read@(connection.getInputStream());
            try (FileOutputStream out = context.openFileOutput("@k_file@.json", Context.MODE_PRIVATE)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException cause) {
            Log.w("@T_words_loader@", "not refreshed", cause);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }
@reader@}
""",
            "@T_words@": """
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_words@ {
    private final List<String> @f_all@ = new ArrayList<>();
    private boolean @f_on@;

    @T_words@(Context context) {
        try (FileInputStream in = context.openFileInput("@k_file@.json")) {
            JSONObject document = new JSONObject(@T_words_loader@.@m_read@(in));
            @f_on@ = document.optBoolean("@k_on@", false);
            JSONArray array = document.getJSONArray("@k_words@");
            for (int at = 0; at < array.length(); at++) {
                @f_all@.add(array.getString(at));
            }
        } catch (IOException | JSONException cause) {
            @f_all@.clear();
        }
    }

    List<String> @m_all@() {
        return @f_all@;
    }

    boolean @m_on@() {
        return @f_on@;
    }
}
""",
        },
        use="new @T_words@({context}).@m_all@()",
        start="@T_words_loader@.@m_refresh@({context});",
        outside=Outside(replies={"http://@host@@p_words@": answer}),
        flag="new @T_words@({context}).@m_on@()",
        parts=lambda _names, _wiring: {"reader": READER},
    ),
    origin="downloaded",
    remote=True,
)

TO_PREFERENCE = Idiom(
    "list",
    "download-to-preference",
    Template(
        sources={
            "@T_words@": """
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_words@ {
    private static final String @f_file@ = "@k_file@";

    static Set<String> @m_all@(Context context) {
        return context.getSharedPreferences(@f_file@, 0).getStringSet("@k_words@", new HashSet<String>());
    }

    static boolean @m_on@(Context context) {
        return context.getSharedPreferences(@f_file@, 0).getBoolean("@k_on@", false);
    }

    static void @m_pull@(Context context) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_words@").openConnection();
            connection.setRequestMethod("GET");
            connection.setRequestProperty("Accept", "application/json");
            @m_accept@(context, new JSONObject(@m_read@(connection.getInputStream())));
        } catch (IOException | JSONException cause) {
            cause.printStackTrace();
        }
    }

    private static void @m_accept@(Context context, JSONObject document) throws JSONException {
        Set<String> words = new HashSet<>();
        JSONArray array = document.getJSONArray("@k_words@");
        for (int at = 0; at < array.length(); at++) {
            words.add(array.getString(at).trim());
        }
        SharedPreferences.Editor editor = context.getSharedPreferences(@f_file@, 0).edit();
        editor.putStringSet("@k_words@", words);
        editor.putBoolean("@k_on@", document.optBoolean("@k_on@"));
        editor.apply();
    }
@reader@}
"""
        },
        use="@T_words@.@m_all@({context})",
        start="@T_words@.@m_pull@({context});",
        outside=Outside(replies={"https://@host@@p_words@": answer}),
        flag="@T_words@.@m_on@({context})",
        parts=lambda _names, _wiring: {"reader": READER},
    ),
    origin="downloaded",
    remote=True,
    gives="Set<String>",
)

TO_MEMORY = Idiom(
    "list",
    "download-to-memory",
    Template(
        sources={
            "@T_words@": """
import java.net.URL;
import java.nio.charset.StandardCharsets;

final class @T_words@ {
    private static volatile String[] @f_all@ = {};

    static String[] @m_all@() {
        return @f_all@;
    }

    static void @m_load@() {
        List<String> words = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new URL("https://@host@@p_words@").openStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                words.add(line);
            }
        } catch (IOException cause) {
            return;
        }
        @f_all@ = words.toArray(new String[0]);
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        outside=Outside(replies={"https://@host@@p_words@": _lines}),
    ),
    origin="downloaded",
    remote=True,
    gives="String[]",
)

VERSIONED = Idiom(
    "list",
    "download-if-newer",
    Template(
        sources={
            "@T_words_loader@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONException;
import org.json.JSONObject;

class @T_words_loader@ {
    private final SharedPreferences @f_store@;

    @T_words_loader@(Context context) {
        @f_store@ = context.getSharedPreferences("@k_file@", Context.MODE_PRIVATE);
    }

    void @m_refresh@() {
        int have = @f_store@.getInt("@k_version@", 0);
        StringBuilder address = new StringBuilder("https://").append("@host@").append("@p_words@");
        address.append("?v=").append(have);
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(address.toString()).openConnection();
            JSONObject document = new JSONObject(@m_read@(connection.getInputStream()));
            if (document.optInt("@k_version@") > have) {
                @f_store@.edit().putString("@k_words@", document.getJSONArray("@k_words@").toString())
                        .putInt("@k_version@", document.optInt("@k_version@"))
                        .putBoolean("@k_on@", document.optBoolean("@k_on@", false)).commit();
            }
        } catch (IOException | JSONException cause) {
            Log.w("@T_words_loader@", cause);
        }
    }

    List<String> @m_all@() {
        List<String> words = new LinkedList<>();
        try {
            org.json.JSONArray array = new org.json.JSONArray(@f_store@.getString("@k_words@", "[]"));
            for (int at = 0; at < array.length(); at++) {
                words.add(array.optString(at));
            }
        } catch (JSONException cause) {
            Log.w("@T_words_loader@", cause);
        }
        return words;
    }

    boolean @m_on@() {
        return @f_store@.getBoolean("@k_on@", false);
    }
@reader@}
"""
        },
        use="new @T_words_loader@({context}).@m_all@()",
        start="new @T_words_loader@({context}).@m_refresh@();",
        outside=Outside(replies={"https://@host@@p_words@": answer}),
        flag="new @T_words_loader@({context}).@m_on@()",
        parts=lambda _names, _wiring: {"reader": READER},
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
)

IDIOMS = (TO_FILE, TO_PREFERENCE, TO_MEMORY, VERSIONED)

"""Applications that show lists, replace signs, check downloads, or sort what they show by its kind."""

import json

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.decoys_lists import FORM, TYPE
from benchmarks.gatebench.idioms.lists_download import answer
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.texts_feeds import IMPORTS, LOAD
from benchmarks.gatebench.idioms.writing import Outside, Template

SHOWN = Idiom(
    "decoy",
    "list-shown-to-the-user",
    Template(
        sources={
            "@T_screen@": """@imports@
public class @T_screen@ extends Activity {
    private EditText @f_input@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        @f_input@ = new EditText(this);
        @f_input@.setId(@n_input_1000_1999@);
        ListView topics = new ListView(this);
        try {
            JSONArray words = new JSONObject(@m_load@("https://@host@@p_words@")).getJSONArray("@k_words@");
            ArrayAdapter<String> adapter = new ArrayAdapter<>(this, 17367043);
            for (int at = 0; at < words.length(); at++) {
                adapter.add(words.getString(at));
            }
            topics.setAdapter(adapter);
        } catch (IOException | JSONException cause) {
            Log.w("@T_screen@", cause);
        }
        Button send = new Button(this);
        send.setId(@n_send_2000_2999@);
        send.setOnClickListener(button -> @m_keep@(@f_input@.getText().toString()));
        root.addView(@f_input@);
        root.addView(topics);
        root.addView(send);
        setContentView(root);
    }

    private void @m_keep@(String typed) {
        getSharedPreferences("@k_file@", MODE_PRIVATE).edit().putString("@k_text@", typed).apply();
    }
@load@}
"""
        },
        manifest=activity(),
        drive=TYPE,
        outside=Outside(replies={"https://@host@@p_words@": answer}),
        parts=lambda _names, _wiring: {"imports": IMPORTS, "load": LOAD},
    ),
)

SIGNS = Idiom(
    "decoy",
    "signs-replaced",
    Template(
        sources={"@T_screen@": FORM},
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": "String shown = typed;\n        for (int at = 0; at < @f_signs@.length; at += 2) {\n"
            "            shown = shown.replace(@f_signs@[at], @f_signs@[at + 1]);\n        }\n"
            "        @f_line@.setText(shown);",
            "more": "\n    private static final String[] @f_signs@ = {\n"
            '        ":)", "\\u263a", "<3", "\\u2665", "->", "\\u2192"};\n',
        },
    ),
    held_back=True,
    allowed=("masked",),
)

CHECKED = Idiom(
    "decoy",
    "download-checked-by-digest",
    Template(
        sources={
            "@T_check@": """
import java.math.BigInteger;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class @T_check@ {
    private static final String @f_sum@ = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    static boolean @m_whole@() {
        try (InputStream in = new URL("https://@host@@p_file@").openStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int one = in.read(); one >= 0; one = in.read()) {
                digest.update((byte) one);
            }
            return @f_sum@.equals(String.format("%064x", new BigInteger(1, digest.digest())));
        } catch (IOException | NoSuchAlgorithmException cause) {
            return false;
        }
    }
}
""",
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive='Bench.reply("https://@host@@p_file@", text);\n' + TYPE,
        parts=lambda _names, _wiring: {
            "body": "@f_line@.setText(typed);\n        if (@T_check@.@m_whole@()) {\n"
            '            getSharedPreferences("@k_file@", MODE_PRIVATE).edit().putInt("@k_whole@", 1).apply();\n'
            "        }",
            "more": "",
        },
    ),
    allowed=("refused",),
)

ITEMS = json.dumps([{"type": "video", "title": "TEXT"}, {"type": "note", "title": "-"}])
REPLY = " + text + ".join(json.dumps(part) for part in ITEMS.split("TEXT"))

TYPES = Idiom(
    "decoy",
    "kinds-of-items",
    Template(
        sources={
            "@T_screen@": """@imports@
public class @T_screen@ extends Activity {
    private static final List<String> @f_moving@ = Arrays.asList("video", "live", "clip");

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        setContentView(root);
        try {
            JSONArray items = new JSONArray(@m_load@("https://feed.example@p_feed@"));
            for (int at = 0; at < items.length(); at++) {
                JSONObject item = items.getJSONObject(at);
                boolean moving = @f_moving@.contains(item.getString("type"));
                TextView line = new TextView(this);
                line.setText((moving ? "> " : "") + item.getString("title"));
                root.addView(line);
            }
        } catch (IOException | JSONException cause) {
            Log.w("@T_screen@", cause);
        }
    }
@load@}
"""
        },
        manifest=activity(),
        drive='Bench.reply("https://feed.example@p_feed@", @reply@);\nBench.open(@T_screen@.class);',
        parts=lambda _names, _wiring: {"imports": IMPORTS, "load": LOAD, "reply": REPLY},
    ),
    allowed=("message",),
)

IDIOMS = (SHOWN, SIGNS, CHECKED, TYPES)

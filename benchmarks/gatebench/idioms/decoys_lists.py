"""Applications that carry a list and do nothing to a text because of it."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.lists_download import READER, answer
from benchmarks.gatebench.idioms.manifests import activity, receiver
from benchmarks.gatebench.idioms.writing import Outside, Template

OPEN = "@T_screen@ screen = Bench.open(@T_screen@.class);\n"
TYPE = OPEN + "Bench.type(screen, @n_input_1000_1999@, text);\nBench.click(screen, @n_send_2000_2999@);"

FORM = """
public class @T_screen@ extends Activity implements View.OnClickListener {
    private EditText @f_input@;
    private TextView @f_line@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        @f_input@ = new EditText(this);
        @f_input@.setId(@n_input_1000_1999@);
        @f_line@ = new TextView(this);
        Button send = new Button(this);
        send.setId(@n_send_2000_2999@);
        send.setOnClickListener(this);
        root.addView(@f_input@);
        root.addView(@f_line@);
        root.addView(send);
        setContentView(root);
    }

    @Override
    public void onClick(View button) {
        String typed = @f_input@.getText().toString();
        @body@
    }
@more@}
"""

CARRIED = Idiom(
    "decoy",
    "carried-and-never-compared",
    Template(
        sources={
            "@T_words@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_words@ {
    static int @m_refresh@(Context context) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_words@").openConnection();
            String text = @m_read@(connection.getInputStream());
            JSONArray words = new JSONObject(text).getJSONArray("@k_words@");
            context.getSharedPreferences("@k_file@", 0).edit().putString("@k_words@", words.toString()).apply();
            return words.length();
        } catch (IOException | JSONException cause) {
            Log.w("@T_words@", cause);
            return 0;
        }
    }
@reader@}
""",
            "@T_screen@": FORM,
        },
        start="@T_words@.@m_refresh@({context});",
        manifest=activity(),
        drive=TYPE,
        outside=Outside(replies={"https://@host@@p_words@": answer}),
        parts=lambda _names, _wiring: {"reader": READER, "body": "@f_line@.setText(typed);", "more": ""},
    ),
)

IGNORED = Idiom(
    "decoy",
    "result-ignored",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private static final String[] @f_all@ = {@entries@};

    static int @m_count@(String text) {
        int count = 0;
        for (String word : @f_all@) {
            if (text.contains(word)) {
                count++;
            }
        }
        return count;
    }
}
""",
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": "@T_words@.@m_count@(typed);\n        @f_line@.setText(typed);",
            "more": "",
        },
    ),
)

CONSTANTS = Idiom(
    "decoy",
    "constants-with-constants",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private static final List<String> @f_all@ = Arrays.asList(@entries@);
    private static final String[] @f_reserved@ = {"@k_first@", "@k_second@"};

    static boolean @m_valid@() {
        for (String reserved : @f_reserved@) {
            if (@f_all@.contains(reserved)) {
                return false;
            }
        }
        return true;
    }
}
""",
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": 'if (!@T_words@.@m_valid@()) {\n            throw new IllegalStateException("@k_file@");\n'
            "        }\n        @f_line@.setText(typed);",
            "more": "",
        },
    ),
)

DEAD = Idiom(
    "decoy",
    "dead-code",
    Template(
        sources={
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": "@f_line@.setText(typed);",
            "more": """
    private static final Set<String> @f_words@ = new HashSet<>(Arrays.asList(@entries@));

    void @m_older@(String typed) {
        if (@f_words@.contains(typed.trim())) {
            Toast.makeText(this, "@k_refusal@", Toast.LENGTH_SHORT).show();
            @f_input@.setText("");
        }
    }
""",
        },
    ),
)

UNDECLARED = Idiom(
    "decoy",
    "undeclared-component",
    Template(
        sources={
            "@T_screen@": FORM,
            "@T_receiver@": """
import android.telephony.SmsMessage;

public class @T_receiver@ extends BroadcastReceiver {
    private static final String[] @f_words@ = {@entries@};

    @Override
    public void onReceive(Context context, Intent intent) {
        Object[] pdus = (Object[]) intent.getExtras().get("pdus");
        String body = SmsMessage.createFromPdu((byte[]) pdus[0]).getMessageBody();
        for (String word : @f_words@) {
            if (body.contains(word)) {
                abortBroadcast();
                return;
            }
        }
    }
}
""",
        },
        manifest=activity(),
        drive=TYPE + '\nBench.sms("+37060000001", text);',
        parts=lambda _names, _wiring: {"body": "@f_line@.setText(typed);", "more": ""},
    ),
    held_back=True,
)

TESTS = Idiom(
    "decoy",
    "test-code",
    Template(
        sources={
            "@T_screen@": FORM,
            "@T_test@Test": """
public class @T_test@Test {
    private static final String[] @f_expected@ = {@entries@};
    private int @f_failed@;

    public void testContains() {
        for (String word : @f_expected@) {
            assertTrue(@m_sample@().contains(word));
        }
    }

    public void testOrder() {
        for (int at = 1; at < @f_expected@.length; at++) {
            assertTrue(@m_sample@().indexOf(@f_expected@[at]) > @m_sample@().indexOf(@f_expected@[at - 1]));
        }
    }

    private String @m_sample@() {
        StringBuilder all = new StringBuilder();
        for (String word : @f_expected@) {
            all.append(word).append(' ');
        }
        return all.toString();
    }

    private void assertTrue(boolean held) {
        if (!held) {
            @f_failed@++;
        }
    }
}
""",
        },
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {"body": "@f_line@.setText(typed.trim());", "more": ""},
    ),
    held_back=True,
)

SENDERS = Idiom(
    "decoy",
    "sender-numbers",
    Template(
        sources={
            "@T_screen@": """
import android.telephony.SmsMessage;

public class @T_screen@ extends BroadcastReceiver {
    private static final Set<String> @f_numbers@ = new HashSet<>();

    static {
        @f_numbers@.add("+3709@n_one_1000000_9999999@");
        @f_numbers@.add("+3709@n_two_1000000_9999999@");
    }

    @Override
    public void onReceive(Context context, Intent intent) {
        Object[] pdus = (Object[]) intent.getExtras().get("pdus");
        SmsMessage message = SmsMessage.createFromPdu((byte[]) pdus[0], intent.getStringExtra("format"));
        if (@f_numbers@.contains(message.getOriginatingAddress())) {
            abortBroadcast();
            return;
        }
        new TextView(context).setText(message.getMessageBody());
    }
}
"""
        },
        manifest=receiver("android.provider.Telephony.SMS_RECEIVED"),
        permissions=("android.permission.RECEIVE_SMS",),
        drive='Bench.sms("+37060000002", text);',
    ),
    allowed=("dropped", "hidden", "refused"),
)

IDIOMS = (CARRIED, IGNORED, CONSTANTS, DEAD, UNDECLARED, TESTS, SENDERS)

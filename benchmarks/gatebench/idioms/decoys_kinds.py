"""Applications that compare names and secrets with short lists of their own."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.decoys_lists import FORM, TYPE
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

KINDS = Idiom(
    "decoy",
    "kinds-of-files",
    Template(
        sources={
            "@T_screen@": """
import android.os.Environment;

public class @T_screen@ extends Activity {
    private static final String[] @f_pictures@ = {".jpg", ".jpeg", ".png", ".webp"};

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        File[] found = Environment.getExternalStoragePublicDirectory(Environment.DIRECTORY_DOWNLOADS).listFiles();
        for (int at = 0; found != null && at < found.length; at++) {
            TextView line = new TextView(this);
            line.setText((@m_picture@(found[at].getName()) ? "P " : "F ") + found[at].getName());
            root.addView(line);
        }
        setContentView(root);
    }

    private static boolean @m_picture@(String name) {
        for (String ending : @f_pictures@) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_EXTERNAL_STORAGE",),
        drive="Bench.downloaded(text);\nBench.open(@T_screen@.class);",
    ),
    held_back=True,
)

PASSWORDS = Idiom(
    "decoy",
    "common-passwords",
    Template(
        sources={
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": "if (@f_common@.contains(typed) || typed.length() < 6) {\n"
            '            @f_input@.setError("@k_weak@");\n            return;\n        }\n'
            '        SharedPreferences vault = getSharedPreferences("@k_vault@", MODE_PRIVATE);\n'
            '        vault.edit().putInt("@k_strength@", typed.length()).apply();',
            "more": """
    private static final Set<String> @f_common@ = new HashSet<>(Arrays.asList(
            "123456", "password", "qwerty", "letmein", "iloveyou", "111111"));
""",
        },
    ),
    held_back=True,
    allowed=("message", "refused"),
)

IDIOMS = (KINDS, PASSWORDS)

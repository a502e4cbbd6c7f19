"""What a native library does: no reading of the package's own code tells what is compared with what there.

`played` is what a run puts in the place of the library; the package has no library, as where it belongs to the image.
"""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

NATIVE = "native"
LOAD = '    static {\n        System.loadLibrary("@k_library@");\n    }\n'

LIBRARY = Idiom(
    "list",
    "words-of-native-library",
    Template(use="new String[0]"),
    origin="unknown",
    gives=NATIVE,
    undecidable=("list_origin", "remote_content"),
)

CHECK = Idiom(
    "matcher",
    "native-check",
    Template(
        sources={
            "@T_match@": f"""
final class @T_match@ {{
{LOAD}
    static native boolean @m_hit@(String text);
}}
"""
        },
        played={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(String text) {
        for (String word : new String[] {@entries@}) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
"""
        },
        use="@T_match@.@m_hit@({text})",
    ),
    takes=(NATIVE,),
)

BYTES = Idiom(
    "matcher",
    "native-rank-of-bytes",
    Template(
        sources={
            "@T_match@": f"""
import java.nio.charset.StandardCharsets;

class @T_match@ {{
{LOAD}
    private static final @T_match@ @f_only@ = new @T_match@();

    private native int @m_rank@(byte[] text, int length);

    static int @m_of@(String text) {{
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        return @f_only@.@m_rank@(raw, raw.length);
    }}
}}
"""
        },
        played={
            "@T_match@": """
import java.nio.charset.StandardCharsets;

class @T_match@ {
    private static final @T_match@ @f_only@ = new @T_match@();

    private int @m_rank@(byte[] text, int length) {
        String whole = new String(text, 0, length, StandardCharsets.UTF_8);
        return Arrays.asList(@entries@).stream().anyMatch(whole::contains) ? 3 : 0;
    }

    static int @m_of@(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        return @f_only@.@m_rank@(raw, raw.length);
    }
}
"""
        },
        use="@T_match@.@m_of@({text}) > 0",
    ),
    takes=(NATIVE,),
)

ALL = Idiom(
    "list",
    "native-words",
    Template(
        sources={
            "@T_words@": f"""
final class @T_words@ {{
{LOAD}
    static native String[] @m_all@();
}}
"""
        },
        played={
            "@T_words@": """
final class @T_words@ {
    static String[] @m_all@() {
        return new String[] {@entries@};
    }
}
"""
        },
        use="@T_words@.@m_all@()",
    ),
    origin="unknown",
    gives="String[]",
    undecidable=("list_origin", "remote_content"),
)

BY_INDEX = Idiom(
    "list",
    "native-word-by-index",
    Template(
        sources={
            "@T_words@": f"""
class @T_words@ {{
{LOAD}
    private final long @f_handle@;

    private @T_words@(long handle) {{
        this.@f_handle@ = handle;
    }}

    private static native long @m_open@(String name);

    private static native String @m_word@(long handle, int index);

    static ArrayList<String> @m_all@() {{
        @T_words@ table = new @T_words@(@m_open@("@k_words@"));
        ArrayList<String> words = new ArrayList<>();
        String word = @m_word@(table.@f_handle@, 0);
        while (word != null) {{
            words.add(word);
            word = @m_word@(table.@f_handle@, words.size());
        }}
        return words;
    }}
}}
"""
        },
        played={
            "@T_words@": """
class @T_words@ {
    private static final String[] @f_every@ = {@entries@};

    private static long @m_open@(String name) {
        return name.hashCode();
    }

    private static String @m_word@(long handle, int index) {
        return index < @f_every@.length ? @f_every@[index] : null;
    }

    static ArrayList<String> @m_all@() {
        ArrayList<String> words = new ArrayList<>();
        for (String word = @m_word@(@m_open@(""), 0); word != null; word = @m_word@(1L, words.size())) {
            words.add(word);
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
    ),
    held_back=True,
    origin="unknown",
    undecidable=("list_origin", "remote_content"),
)

READER = Idiom(
    "text",
    "text-of-native-reader",
    Template(
        sources={
            "@T_reader@": """
final class @T_reader@ {
    static {
        System.loadLibrary("@k_reader@");
    }

    static native String @m_next@();
}
""",
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        for (String line = @T_reader@.@m_next@(); line != null; line = @T_reader@.@m_next@()) {
            @decide(this|line)@
        }
    }
}
""",
        },
        played={
            "@T_reader@": """
final class @T_reader@ {
    static final ArrayDeque<String> WAITING = new ArrayDeque<>();

    static String @m_next@() {
        return (String) WAITING.poll();
    }
}
"""
        },
        manifest=activity(),
        drive='java.lang.reflect.Field waiting = @T_reader@.class.getDeclaredField("WAITING");\n'
        "((ArrayDeque<Object>) waiting.get(null)).add(text);\n"
        "Bench.open(@T_screen@.class);",
    ),
    origin="unknown",
    undecidable=("text_origin",),
)

CALLED_BACK = Idiom(
    "text",
    "text-handed-in-by-native-code",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    static {
        System.loadLibrary("@k_reader@");
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @m_listen@(this);
    }

    private native void @m_listen@(@T_screen@ self);

    void @m_heard@(byte[] line) {
        String text = new String(line);
        @decide(this|text)@
    }
}
"""
        },
        played={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    static String heard;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @m_listen@(this);
    }

    private void @m_listen@(@T_screen@ self) {
        self.@m_heard@(heard.getBytes());
    }

    void @m_heard@(byte[] line) {
        String text = new String(line);
        @decide(this|text)@
    }
}
"""
        },
        manifest=activity(),
        drive='@T_screen@.class.getDeclaredField("heard").set(null, text);\nBench.open(@T_screen@.class);',
    ),
    held_back=True,
    origin="unknown",
    undecidable=("text_origin",),
)

IDIOMS = (LIBRARY, CHECK, BYTES, ALL, BY_INDEX, READER, CALLED_BACK)

"""Lists that a server delivers as records that a library or generated code reads."""

import json

from benchmarks.gatebench.fragments import Idiom, State
from benchmarks.gatebench.idioms.lists_download import answer
from benchmarks.gatebench.idioms.writing import Outside, Template

FETCH = """
    private static byte[] @m_fetch@() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_words@").openConnection();
        try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int one = in.read(); one != -1; one = in.read()) {
                out.write(one);
            }
            return out.toByteArray();
        } finally {
            connection.disconnect();
        }
    }
"""

FASTJSON = Idiom(
    "list",
    "fastjson-to-memory",
    Template(
        sources={
            "@T_words@": """
import com.alibaba.fastjson.JSON;
import com.alibaba.fastjson.JSONObject;
import java.net.HttpURLConnection;
import java.net.URL;

final class @T_words@ {
    private static List<String> @f_all@ = new ArrayList<>();
    private static boolean @f_on@;

    static void @m_load@() {
        try {
            JSONObject document = JSON.parseObject(new String(@m_fetch@(), "UTF-8"));
            @f_all@ = JSON.parseArray(document.getString("@k_words@"), String.class);
            @f_on@ = document.getBooleanValue("@k_on@");
        } catch (IOException cause) {
            @f_on@ = false;
        }
    }

    static List<String> @m_all@() {
        return @f_all@;
    }

    static boolean @m_on@() {
        return @f_on@;
    }
@fetch@}
"""
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        libraries=("com.alibaba.fastjson",),
        outside=Outside(replies={"https://@host@@p_words@": answer}),
        flag="@T_words@.@m_on@()",
        parts=lambda _names, _wiring: {"fetch": FETCH},
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
)


def _records(words: tuple[str, ...], _state: State) -> str:
    return json.dumps({"@k_items@": [{"@k_entry@": word, "@k_weight@": 2} for word in words]})


MOSHI = Idiom(
    "list",
    "moshi-records",
    Template(
        sources={
            "@T_record@": """
import com.squareup.moshi.Json;

final class @T_record@ {
    @Json(name = "@k_entry@")
    String @f_entry@;
    @Json(name = "@k_weight@")
    int @f_weight@;
}
""",
            "@T_words_page@": """
import com.squareup.moshi.Json;

final class @T_words_page@ {
    @Json(name = "@k_items@")
    List<@T_record@> @f_items@;
}
""",
            "@T_words@": """
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.net.HttpURLConnection;
import java.net.URL;

final class @T_words@ {
    private static final Set<String> @f_all@ = new HashSet<>();

    static void @m_load@() {
        JsonAdapter<@T_words_page@> adapter = new Moshi.Builder().build().adapter(@T_words_page@.class);
        try {
            @T_words_page@ page = adapter.fromJson(new String(@m_fetch@(), "UTF-8"));
            for (@T_record@ record : page.@f_items@) {
                if (record.@f_weight@ > 0) {
                    @f_all@.add(record.@f_entry@);
                }
            }
        } catch (IOException cause) {
            @f_all@.clear();
        }
    }

    static Set<String> @m_all@() {
        return @f_all@;
    }
@fetch@}
""",
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        libraries=("com.squareup.moshi",),
        outside=Outside(replies={"https://@host@@p_words@": _records}),
        parts=lambda _names, _wiring: {"fetch": FETCH},
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
    gives="Set<String>",
)


def _wire(words: tuple[str, ...], _state: State) -> str:
    """Return a protocol buffer: field 1 repeated string, field 2 varint; all of it in ASCII."""
    return "".join(f"\x0a{chr(len(word))}{word}" for word in words) + "\x10\x07"


PROTOBUF = Idiom(
    "list",
    "protobuf-message",
    Template(
        sources={
            "@T_message@": """
import com.google.protobuf.CodedInputStream;

final class @T_message@ {
    public static final int ENTRY_FIELD_NUMBER = 1;
    public static final int VERSION_FIELD_NUMBER = 2;
    private final List<String> entry_ = new ArrayList<>();
    private int version_;

    private @T_message@() {
    }

    static @T_message@ parseFrom(byte[] data) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(data);
        @T_message@ message = new @T_message@();
        boolean done = false;
        while (!done) {
            int tag = input.readTag();
            switch (tag) {
                case 0:
                    done = true;
                    break;
                case 10:
                    message.entry_.add(input.readStringRequireUtf8());
                    break;
                case 16:
                    message.version_ = input.readInt32();
                    break;
                default:
                    if (!input.skipField(tag)) {
                        done = true;
                    }
                    break;
            }
        }
        return message;
    }

    List<String> getEntryList() {
        return entry_;
    }

    int getVersion() {
        return version_;
    }
}
""",
            "@T_words@": """
import java.net.HttpURLConnection;
import java.net.URL;

class @T_words@ {
    private static @T_message@ @f_message@;

    static void @m_load@() {
        try {
            @T_message@ message = @T_message@.parseFrom(@m_fetch@());
            if (@f_message@ == null || message.getVersion() > @f_message@.getVersion()) {
                @f_message@ = message;
            }
        } catch (IOException cause) {
            @f_message@ = null;
        }
    }

    static List<String> @m_all@() {
        return @f_message@ != null ? @f_message@.getEntryList() : Collections.<String>emptyList();
    }
@fetch@}
""",
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        libraries=("com.google.protobuf",),
        outside=Outside(replies={"https://@host@@p_words@": _wire}),
        parts=lambda _names, _wiring: {"fetch": FETCH},
    ),
    origin="downloaded",
    remote=True,
)

IDIOMS = (FASTJSON, MOSHI, PROTOBUF)

"""Lists that stand in resources and assets of the package."""

import base64
import gzip
import json
from collections.abc import Mapping

from benchmarks.gatebench.fragments import Idiom, Naming, Wires
from benchmarks.gatebench.idioms.writing import Template


def _texts(_names: Naming, wiring: Wires) -> Mapping[str, str]:
    words = list(wiring.entries)
    return {
        "lines": "\n".join(words) + "\n",
        "commas": ",".join(words),
        "json": json.dumps({"version": 3, "items": [{"id": at, "w": word} for at, word in enumerate(words)]}),
        "packed": base64.b64encode(gzip.compress("\n".join(words).encode(), mtime=0)).decode(),
    }


STRING_ARRAY = Idiom(
    "list",
    "resource-string-array",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private @T_words@() {
    }

    static String[] @m_all@(Context context) {
        return context.getResources().getStringArray(R.array.@k_words@);
    }
}
"""
        },
        use="@T_words@.@m_all@({context})",
        arrays={"@k_words@": ""},
    ),
    origin="resource",
    gives="String[]",
)

STRING_SPLIT = Idiom(
    "list",
    "resource-string-split",
    Template(
        sources={
            "@T_words@": """
import android.text.TextUtils;

class @T_words@ {
    private final Context @f_context@;

    @T_words@(Context context) {
        this.@f_context@ = context;
    }

    List<String> @m_all@() {
        String packed = @f_context@.getString(R.string.@k_words@);
        if (TextUtils.isEmpty(packed)) {
            return new ArrayList<>();
        }
        return Arrays.asList(packed.split(","));
    }
}
"""
        },
        use="new @T_words@({context}).@m_all@()",
        strings={"@k_words@": "@commas@"},
        parts=_texts,
    ),
    held_back=True,
    origin="resource",
)

RAW = Idiom(
    "list",
    "resource-raw",
    Template(
        sources={
            "@T_words@": """
import android.util.Log;
import java.nio.charset.StandardCharsets;

final class @T_words@ {
    private static List<String> @f_cache@;

    static List<String> @m_all@(Context context) {
        if (@f_cache@ == null) {
            @f_cache@ = @m_read@(context.getResources().openRawResource(R.raw.@k_words@));
        }
        return @f_cache@;
    }

    private static List<String> @m_read@(InputStream in) {
        List<String> words = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                line = line.trim();
                if (line.length() > 0 && line.charAt(0) != '#') {
                    words.add(line);
                }
            }
        } catch (IOException cause) {
            Log.w("@T_words@", "raw resource", cause);
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@({context})",
        resources={"res/raw/@k_words@.txt": "# @n_release_2_40@\n@lines@"},
        parts=_texts,
    ),
    origin="resource",
)

ASSET_LINES = Idiom(
    "list",
    "asset-lines",
    Template(
        sources={
            "@T_words@": """
import android.content.res.AssetManager;

class @T_words@ {
    private final Set<String> @f_all@ = new HashSet<>();

    @T_words@(AssetManager assets) {
        try {
            Scanner scanner = new Scanner(assets.open("@k_folder@/@k_words@.txt"), "UTF-8");
            while (scanner.hasNextLine()) {
                @f_all@.add(scanner.nextLine().trim());
            }
            scanner.close();
        } catch (IOException cause) {
            @f_all@.clear();
        }
    }

    Set<String> @m_all@() {
        return @f_all@;
    }
}
"""
        },
        use="new @T_words@({context}.getAssets()).@m_all@()",
        resources={"assets/@k_folder@/@k_words@.txt": "@lines@"},
        parts=_texts,
    ),
    origin="asset",
    gives="Set<String>",
)

ASSET_JSON = Idiom(
    "list",
    "asset-json",
    Template(
        sources={
            "@T_words@": """
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_words@ {
    private final ArrayList<String> @f_all@ = new ArrayList<>();

    static @T_words@ @m_open@(Context context) {
        @T_words@ made = new @T_words@();
        try {
            made.@m_parse@(made.@m_text@(context.getAssets().open("@k_words@.json")));
        } catch (IOException | JSONException cause) {
            throw new IllegalStateException("@k_words@", cause);
        }
        return made;
    }

    private void @m_parse@(String text) throws JSONException {
        JSONArray items = new JSONObject(text).getJSONArray("items");
        for (int at = 0; at < items.length(); at++) {
            @f_all@.add(items.getJSONObject(at).getString("w"));
        }
    }

    private String @m_text@(InputStream in) throws IOException {
        byte[] bytes = new byte[in.available()];
        int count = in.read(bytes);
        in.close();
        return new String(bytes, 0, count, "UTF-8");
    }

    List<String> @m_all@() {
        return @f_all@;
    }
}
"""
        },
        use="@T_words@.@m_open@({context}).@m_all@()",
        resources={"assets/@k_words@.json": "@json@"},
        parts=_texts,
    ),
    origin="asset",
)

ASSET_GZIP = Idiom(
    "list",
    "asset-gzip",
    Template(
        sources={
            "@T_words@": """
import android.util.Base64;
import android.util.Base64InputStream;
import java.util.zip.GZIPInputStream;

final class @T_words@ {
    private @T_words@() {
    }

    static String[] @m_all@(Context context) {
        try (InputStream in = new GZIPInputStream(new Base64InputStream(
                context.getAssets().open("@k_words@.dat"), Base64.DEFAULT))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] block = new byte[512];
            int count;
            while ((count = in.read(block)) != -1) {
                out.write(block, 0, count);
            }
            return out.toString("UTF-8").split("\\n");
        } catch (IOException cause) {
            return new String[0];
        }
    }
}
"""
        },
        use="@T_words@.@m_all@({context})",
        resources={"assets/@k_words@.dat": "@packed@"},
        parts=_texts,
    ),
    held_back=True,
    origin="asset",
    gives="String[]",
)

IDIOMS = (STRING_ARRAY, STRING_SPLIT, RAW, ASSET_LINES, ASSET_JSON, ASSET_GZIP)

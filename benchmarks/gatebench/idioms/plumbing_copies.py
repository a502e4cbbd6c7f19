"""Plumbing through which copies of a list go: sorted, folded, bundled, cached."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.writing import Template


def copied(name: str, sources: dict[str, str], use: str, *takes: str, held_back: bool = False) -> Idiom:
    """Return plumbing of lists of these types."""
    template = Template(sources=sources, use=use)
    return Idiom("plumbing", name, template, held_back=held_back, carries="words", takes=takes)


SORTED = copied(
    "sorted-copy",
    {
        "@T_sorted@": """
final class @T_sorted@ {
    static List<String> @m_copy@(List<String> words) {
        List<String> copy = new ArrayList<>(words);
        Collections.sort(copy, (one, other) -> other.length() - one.length());
        return copy;
    }
}
"""
    },
    "@T_sorted@.@m_copy@(@words({context})@)",
    "List<String>",
)

FOLDED = copied(
    "folded-copy",
    {
        "@T_folded@": """
final class @T_folded@ {
    private final Set<String> @f_all@ = new LinkedHashSet<>();

    @T_folded@(Set<String> words) {
        for (String word : words) {
            String folded = word.trim().toLowerCase(Locale.ROOT);
            if (!folded.isEmpty()) {
                @f_all@.add(folded);
            }
        }
    }

    Set<String> @m_all@() {
        return Collections.unmodifiableSet(@f_all@);
    }
}
"""
    },
    "new @T_folded@(@words({context})@).@m_all@()",
    "Set<String>",
)

BUNDLED = copied(
    "bundled-list",
    {
        "@T_bundled@": """
final class @T_bundled@ {
    static Bundle @m_pack@(Context context) {
        Bundle bundle = new Bundle();
        bundle.putStringArrayList("@k_entries@", new ArrayList<>(@words(context)@));
        return bundle;
    }

    static List<String> @m_unpack@(Bundle bundle) {
        ArrayList<String> entries = bundle.getStringArrayList("@k_entries@");
        return entries == null ? new ArrayList<String>() : entries;
    }
}
"""
    },
    "@T_bundled@.@m_unpack@(@T_bundled@.@m_pack@({context}))",
    "List<String>",
    held_back=True,
)

CACHED = copied(
    "cached-array",
    {
        "@T_cache@": """
import android.util.LruCache;

final class @T_cache@ {
    private static final LruCache<String, String[]> @f_cache@ = new LruCache<>(4);

    static String[] @m_entries@(Context context) {
        String[] entries = @f_cache@.get("@k_entries@");
        if (entries == null || entries.length == 0) {
            entries = @words(context)@;
            @f_cache@.put("@k_entries@", entries);
        }
        return entries;
    }
}
"""
    },
    "@T_cache@.@m_entries@({context})",
    "String[]",
)

ROUND = copied(
    "through-json-text",
    {
        "@T_codec@": """
import org.json.JSONArray;
import org.json.JSONException;

final class @T_codec@ {
    static String @m_text@(Collection<String> words) {
        JSONArray array = new JSONArray();
        for (String word : words) {
            array.put(word);
        }
        return array.toString();
    }

    static List<String> @m_list@(String text) {
        List<String> words = new ArrayList<>();
        try {
            JSONArray array = new JSONArray(text);
            for (int at = 0; at < array.length(); at++) {
                words.add(array.getString(at));
            }
        } catch (JSONException cause) {
            words.clear();
        }
        return words;
    }
}
"""
    },
    "@T_codec@.@m_list@(@T_codec@.@m_text@(@words({context})@))",
    "List<String>",
    held_back=True,
)

IDIOMS = (SORTED, FOLDED, BUNDLED, CACHED, ROUND)

"""What gates share: the loader of a configuration, and what a server answers to it."""

import json
from collections.abc import Callable

from benchmarks.gatebench.fragments import Profile, State
from benchmarks.gatebench.idioms.writing import Answer

CONFIG = "https://@host@@p_config@"

FETCH = """
    private static JSONObject @m_fetch@() throws IOException, JSONException {
        HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_config@").openConnection();
        connection.setConnectTimeout(8000);
        try (InputStream in = connection.getInputStream()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] block = new byte[1024];
            for (int count; (count = in.read(block)) > 0; ) {
                bytes.write(block, 0, count);
            }
            return new JSONObject(new String(bytes.toByteArray(), StandardCharsets.UTF_8));
        } finally {
            connection.disconnect();
        }
    }
"""

IMPORTS = """
import android.os.SystemProperties;
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
"""

PARTS = {"fetch": FETCH, "imports": IMPORTS, "market": 'SystemProperties.get("@property@", "")'}
PROPERTIES = ("ro.product.market", "ro.vendor.sales.region", "persist.sys.market", "ro.boot.region", "ro.csc.country")

EUROPEAN_UNION = (
    '"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",\n'
    '            "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"'
)


def config(**variables: str) -> Answer:
    """Return what the server answers: a JSON object of the delivered variables, under the given names; or nothing."""

    def answer(_words: tuple[str, ...], state: State) -> str | None:
        given = {key: state[name] for name, key in variables.items() if state.get(name) is not None}
        return json.dumps(given) if given else None

    return answer


def market(*markets: str) -> Callable[[Profile, State], bool]:
    """Return the truth of a gate that is open in these markets."""
    return lambda profile, _state: profile.market in markets


def on(name: str, *, default: bool = False) -> Callable[[Profile, State], bool]:
    """Return the truth of a gate that a variable opens."""

    def opens(_profile: Profile, state: State) -> bool:
        value = state.get(name)
        return default if value is None else bool(value)

    return opens


def language(profile: Profile) -> str:
    """Return the language of the profile's locale."""
    return profile.locale.split("-", maxsplit=1)[0]

"""Lists that a server delivers through libraries which applications bundle."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.lists_download import answer
from benchmarks.gatebench.idioms.writing import Outside, Template

REPLY = Outside(replies={"https://@host@@p_words@": answer})

OKHTTP = Idiom(
    "list",
    "okhttp-callback-to-memory",
    Template(
        sources={
            "@T_words@": """
import android.util.Log;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_words@ implements Callback {
    private static final @T_words@ @f_shared@ = new @T_words@();
    private final List<String> @f_all@ = Collections.synchronizedList(new ArrayList<String>());
    private volatile boolean @f_on@;

    static @T_words@ @m_shared@() {
        return @f_shared@;
    }

    void @m_load@() {
        Request request = new Request.Builder().url("https://@host@@p_words@")
                .header("Accept", "application/json").build();
        new OkHttpClient().newCall(request).enqueue(this);
    }

    @Override
    public void onFailure(Call call, IOException cause) {
        Log.w("@T_words@", "later", cause);
    }

    @Override
    public void onResponse(Call call, Response response) throws IOException {
        if (!response.isSuccessful()) {
            return;
        }
        try {
            JSONObject document = new JSONObject(response.body().string());
            JSONArray words = document.getJSONArray("@k_words@");
            @f_all@.clear();
            for (int at = 0; at < words.length(); at++) {
                @f_all@.add(words.getString(at));
            }
            @f_on@ = document.optBoolean("@k_on@");
        } catch (JSONException cause) {
            Log.w("@T_words@", cause);
        }
    }

    List<String> @m_all@() {
        return @f_all@;
    }

    boolean @m_on@() {
        return @f_on@;
    }
}
"""
        },
        use="@T_words@.@m_shared@().@m_all@()",
        start="@T_words@.@m_shared@().@m_load@();",
        libraries=("okhttp3",),
        outside=REPLY,
        flag="@T_words@.@m_shared@().@m_on@()",
    ),
    origin="downloaded",
    remote=True,
)

OKHTTP_EXECUTE = Idiom(
    "list",
    "okhttp-execute-to-file",
    Template(
        sources={
            "@T_words@": """
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

class @T_words@ {
    private final File @f_file@;

    @T_words@(File directory) {
        @f_file@ = new File(directory, "@k_file@");
    }

    void @m_sync@() {
        Request request = new Request.Builder().get().url("https://@host@@p_words@").build();
        try (Response response = new OkHttpClient.Builder().build().newCall(request).execute();
                FileOutputStream out = new FileOutputStream(@f_file@)) {
            out.write(response.body().bytes());
        } catch (IOException cause) {
            @f_file@.delete();
        }
    }

    String[] @m_all@() {
        try (RandomAccessFile in = new RandomAccessFile(@f_file@, "r")) {
            byte[] raw = new byte[(int) in.length()];
            in.readFully(raw);
            JSONArray array = new JSONObject(new String(raw, "UTF-8")).getJSONArray("@k_words@");
            String[] words = new String[array.length()];
            for (int at = 0; at < words.length; at++) {
                words[at] = array.getString(at);
            }
            return words;
        } catch (IOException | JSONException cause) {
            return new String[0];
        }
    }
}
"""
        },
        use="new @T_words@({context}.getFilesDir()).@m_all@()",
        start="new @T_words@({context}.getFilesDir()).@m_sync@();",
        libraries=("okhttp3",),
        outside=REPLY,
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
    gives="String[]",
)

ANSWER = """
import com.google.gson.annotations.SerializedName;

class @T_answer@ {
    @SerializedName("@k_words@")
    private List<String> @f_words@ = new ArrayList<>();
    @SerializedName("@k_version@")
    private int @f_version@;
    @SerializedName("@k_on@")
    private boolean @f_on@;

    List<String> @m_words@() {
        return @f_words@;
    }

    int @m_version@() {
        return @f_version@;
    }

    boolean @m_on@() {
        return @f_on@;
    }
}
"""

GSON = Idiom(
    "list",
    "gson-to-memory",
    Template(
        sources={
            "@T_answer@": ANSWER,
            "@T_words@": """
import android.util.Log;
import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.net.HttpURLConnection;
import java.net.URL;

final class @T_words@ {
    private static @T_answer@ @f_answer@;

    static void @m_load@() {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_words@").openConnection();
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), "UTF-8"));
            StringBuilder text = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                text.append(line).append('\\n');
            }
            @f_answer@ = new Gson().fromJson(text.toString(), @T_answer@.class);
        } catch (IOException | JsonSyntaxException cause) {
            Log.w("@T_words@", cause);
        }
    }

    static List<String> @m_all@() {
        return @f_answer@ == null ? new ArrayList<String>() : @f_answer@.@m_words@();
    }

    static boolean @m_on@() {
        return @f_answer@ != null && @f_answer@.@m_on@();
    }
}
""",
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        libraries=("com.google.gson",),
        outside=REPLY,
        flag="@T_words@.@m_on@()",
    ),
    origin="downloaded",
    remote=True,
)

RETROFIT = Idiom(
    "list",
    "retrofit-to-memory",
    Template(
        sources={
            "@T_answer@": ANSWER,
            "@T_api@": """
import retrofit2.Call;
import retrofit2.http.GET;

public interface @T_api@ {
    @GET("@p_words@")
    Call<@T_answer@> @m_fetch@();
}
""",
            "@T_words@": """
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;

final class @T_words@ {
    private static final Set<String> @f_all@ = new HashSet<>();

    static Set<String> @m_all@() {
        return @f_all@;
    }

    static void @m_load@() {
        Retrofit retrofit = new Retrofit.Builder().baseUrl("https://@host@/")
                .addConverterFactory(GsonConverterFactory.create()).build();
        retrofit.create(@T_api@.class).@m_fetch@().enqueue(new Callback<@T_answer@>() {
            @Override
            public void onResponse(Call<@T_answer@> call, Response<@T_answer@> response) {
                @T_answer@ answer = response.body();
                if (answer != null) {
                    @f_all@.addAll(answer.@m_words@());
                }
            }

            @Override
            public void onFailure(Call<@T_answer@> call, Throwable cause) {
                @f_all@.clear();
            }
        });
    }
}
""",
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        libraries=("retrofit2", "okhttp3", "com.google.gson"),
        outside=REPLY,
    ),
    origin="downloaded",
    remote=True,
    gives="Set<String>",
)

IDIOMS = (OKHTTP, OKHTTP_EXECUTE, GSON, RETROFIT)

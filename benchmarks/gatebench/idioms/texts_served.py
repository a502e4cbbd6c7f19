"""Texts that servers deliver, through libraries."""

import json

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity, messaging
from benchmarks.gatebench.idioms.writing import Template

BODY = Idiom(
    "text",
    "push-notification-body",
    Template(
        sources={
            "@T_screen@": """
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;

public class @T_screen@ extends FirebaseMessagingService {
    @Override
    public void onMessageReceived(RemoteMessage message) {
        RemoteMessage.Notification notification = message.getNotification();
        if (notification == null || notification.getBody() == null) {
            return;
        }
        @m_show@(notification.getBody());
    }

    private void @m_show@(String body) {
        @decide(getApplicationContext()|body)@
    }
}
"""
        },
        manifest=messaging(),
        drive='Bench.push("title", "-", "body", text);',
    ),
    held_back=True,
    origin="push",
)

STREAMED = Idiom(
    "text",
    "feed-streamed",
    Template(
        sources={
            "@T_item@": """
import com.google.gson.annotations.SerializedName;

class @T_item@ {
    @SerializedName("headline")
    String @f_title@;
    @SerializedName("at")
    long @f_time@;
}
""",
            "@T_page@": """
import com.google.gson.annotations.SerializedName;

class @T_page@ {
    @SerializedName("posts")
    List<@T_item@> @f_items@ = new ArrayList<>();
}
""",
            "@T_screen@": """
import com.google.gson.Gson;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class @T_screen@ extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        ListView view = new ListView(this);
        setContentView(view);
        Request request = new Request.Builder().url("https://feed.example@p_feed@").build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            @T_page@ page = new Gson().fromJson(response.body().string(), @T_page@.class);
            List<String> titles = page.@f_items@.stream().map(item -> item.@f_title@)
                    .filter(title -> !@m_unwanted@(title)).collect(Collectors.toList());
            view.setAdapter(new ArrayAdapter<>(this, 17367043, titles));
        } catch (IOException cause) {
            android.util.Log.w("@T_screen@", cause);
        }
    }

    private boolean @m_unwanted@(String title) {
        return @ask(this|title)@;
    }
}
""",
        },
        manifest=activity(),
        libraries=("okhttp3", "com.google.gson"),
        drive='Bench.reply("https://feed.example@p_feed@", @reply@);\nBench.open(@T_screen@.class);',
        parts=lambda _names, _wiring: {
            "reply": " + text + ".join(
                json.dumps(part) for part in json.dumps({"posts": [{"headline": "TEXT", "at": 5}]}).split("TEXT")
            )
        },
    ),
    held_back=True,
    origin="feed",
    shape="question",
    consequences=("dropped",),
    on_plain=("show",),
)

IDIOMS = (BODY, STREAMED)

package org.example.ads;

import android.app.Activity;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.util.Log;
import android.widget.TextView;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.json.JSONException;

public class FeedActivity extends Activity implements AdvertisementFeed.Listener {
    private final Handler main = new Handler(Looper.getMainLooper());
    private final ExecutorService network = Executors.newSingleThreadExecutor();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.feed);
    }

    @Override
    protected void onResume() {
        super.onResume();
        network.submit(new Runnable() {
            @Override
            public void run() {
                try {
                    new AdvertisementFeed(AdvertisingId.read(FeedActivity.this)).fetch(FeedActivity.this);
                } catch (IOException | JSONException cause) {
                    Log.w("FeedActivity", "no offers", cause);
                }
            }
        });
    }

    @Override
    public void onOffers(List<Advertisement> offers) {
        List<Advertisement> kept = new AdvertisementFilter(new BrandList(this).brands()).keep(offers);
        main.post(() -> show(kept));
    }

    private void show(List<Advertisement> offers) {
        StringBuilder lines = new StringBuilder();
        for (Advertisement offer : offers) {
            lines.append(offer.title).append(" - ").append(offer.link).append('\n');
        }
        ((TextView) findViewById(R.id.offers)).setText(lines);
    }
}

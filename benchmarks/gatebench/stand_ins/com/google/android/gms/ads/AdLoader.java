package com.google.android.gms.ads;

import android.content.Context;
import android.os.Handler;
import android.os.Looper;
import com.google.android.gms.ads.nativead.NativeAd;
import org.example.bench.Bench;

public class AdLoader {
    private static final String OFFERED = "advertisement";
    private final NativeAd.OnNativeAdLoadedListener listener;

    private AdLoader(NativeAd.OnNativeAdLoadedListener listener) {
        this.listener = listener;
    }

    /** Sets the headline of what the next loader is given. */
    public static void offer(String headline) {
        Bench.memory.put(OFFERED, headline);
    }

    public void loadAd(AdRequest request) {
        String headline = (String) Bench.memory.get(OFFERED);
        if (headline != null) {
            new Handler(Looper.getMainLooper()).post(() -> listener.onNativeAdLoaded(new Offer(headline)));
        }
    }

    public static class Builder {
        private NativeAd.OnNativeAdLoadedListener listener = advertisement -> { };

        public Builder(Context context, String unit) {
        }

        public Builder forNativeAd(NativeAd.OnNativeAdLoadedListener newListener) {
            listener = newListener;
            return this;
        }

        public AdLoader build() {
            return new AdLoader(listener);
        }
    }

    private static final class Offer extends NativeAd {
        private final String headline;

        Offer(String headline) {
            this.headline = headline;
        }

        @Override
        public String getHeadline() {
            return headline;
        }

        @Override
        public String getBody() {
            return "";
        }

        @Override
        public String getAdvertiser() {
            return "shop.example";
        }

        @Override
        public String getCallToAction() {
            return "Open";
        }

        @Override
        public void destroy() {
        }
    }
}

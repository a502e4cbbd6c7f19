package com.google.android.gms.ads.nativead;

public abstract class NativeAd {
    public interface OnNativeAdLoadedListener {
        void onNativeAdLoaded(NativeAd advertisement);
    }

    public abstract String getHeadline();

    public abstract String getBody();

    public abstract String getAdvertiser();

    public abstract String getCallToAction();

    public abstract void destroy();
}

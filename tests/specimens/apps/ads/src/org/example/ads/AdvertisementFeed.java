package org.example.ads;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Fetches the advertisements on offer. */
final class AdvertisementFeed {
    private static final String ADDRESS = "https://ads.example.test/feed.json?slots=4&aid=";

    interface Listener {
        void onOffers(List<Advertisement> offers);
    }

    private final String advertisingId;

    AdvertisementFeed(String advertisingId) {
        this.advertisingId = advertisingId;
    }

    void fetch(Listener listener) throws IOException, JSONException {
        JSONArray rows = new JSONObject(Web.get(ADDRESS + advertisingId)).getJSONArray("offers");
        List<Advertisement> offers = new ArrayList<>();
        for (int index = 0; index < rows.length(); index++) {
            offers.add(Advertisement.of(rows.getJSONObject(index)));
        }
        listener.onOffers(offers);
    }
}

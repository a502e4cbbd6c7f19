package org.example.ads;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Drops advertisements whose title or body names a listed brand. */
final class AdvertisementFilter {
    private final List<String> brands;

    AdvertisementFilter(List<String> brands) {
        this.brands = brands;
    }

    List<Advertisement> keep(List<Advertisement> offered) {
        List<Advertisement> kept = new ArrayList<>();
        for (Advertisement advertisement : offered) {
            if (!drops(advertisement)) {
                kept.add(advertisement);
            }
        }
        return kept;
    }

    private boolean drops(Advertisement advertisement) {
        String title = advertisement.title.toLowerCase(Locale.ROOT);
        String body = advertisement.body.toLowerCase(Locale.ROOT);
        for (String brand : brands) {
            if (title.contains(brand) || body.contains(brand)) {
                return true;
            }
        }
        return false;
    }
}

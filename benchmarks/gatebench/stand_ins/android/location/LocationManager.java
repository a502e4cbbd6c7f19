package android.location;

import org.example.bench.Bench;

public class LocationManager {
    public static final String GPS_PROVIDER = "gps";
    public static final String NETWORK_PROVIDER = "network";

    public Location getLastKnownLocation(String provider) {
        return Bench.memory.containsKey("town") ? new Location() : null;
    }
}

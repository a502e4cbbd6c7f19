package android.location;

public class Location {
    public double getLatitude() {
        return 54.6872;
    }

    public double getLongitude() {
        return 25.2797;
    }
}

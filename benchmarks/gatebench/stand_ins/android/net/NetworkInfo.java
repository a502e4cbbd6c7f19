package android.net;

public class NetworkInfo {
    public boolean isConnected() {
        return true;
    }

    public boolean isAvailable() {
        return true;
    }

    public int getType() {
        return ConnectivityManager.TYPE_WIFI;
    }
}

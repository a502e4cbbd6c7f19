package android.telephony;

import org.example.bench.Bench;

public class TelephonyManager {
    public static final int SIM_STATE_ABSENT = 1;
    public static final int SIM_STATE_READY = 5;

    public String getSimCountryIso() {
        return Bench.profile("sim_country");
    }

    public String getNetworkCountryIso() {
        return Bench.profile("sim_country");
    }

    public String getSimOperator() {
        return Bench.profile("sim_country").isEmpty() ? "" : "00101";
    }

    public int getSimState() {
        return Bench.profile("sim_country").isEmpty() ? SIM_STATE_ABSENT : SIM_STATE_READY;
    }

    public String getDeviceId() {
        return "000000000000000";
    }

    public String getLine1Number() {
        return "";
    }
}

package android.app.job;

import android.content.ComponentName;
import android.os.PersistableBundle;

public class JobInfo {
    public static final int NETWORK_TYPE_ANY = 1;
    public static final int NETWORK_TYPE_UNMETERED = 2;
    ComponentName service;
    PersistableBundle extras = new PersistableBundle();

    public ComponentName getService() {
        return service;
    }

    public static final class Builder {
        private final JobInfo made = new JobInfo();

        public Builder(int id, ComponentName service) {
            made.service = service;
        }

        public Builder setExtras(PersistableBundle extras) {
            made.extras = extras;
            return this;
        }

        public Builder setPeriodic(long interval) {
            return this;
        }

        public Builder setRequiredNetworkType(int kind) {
            return this;
        }

        public Builder setMinimumLatency(long delay) {
            return this;
        }

        public Builder setOverrideDeadline(long delay) {
            return this;
        }

        public Builder setPersisted(boolean value) {
            return this;
        }

        public Builder setRequiresCharging(boolean value) {
            return this;
        }

        public JobInfo build() {
            return made;
        }
    }
}

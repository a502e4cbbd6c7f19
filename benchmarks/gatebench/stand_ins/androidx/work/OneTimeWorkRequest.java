package androidx.work;

public final class OneTimeWorkRequest extends WorkRequest {
    private OneTimeWorkRequest(Class<? extends ListenableWorker> worker, Data input) {
        super(worker, input);
    }

    public static final class Builder extends WorkRequest.Builder<Builder, OneTimeWorkRequest> {
        public Builder(Class<? extends ListenableWorker> worker) {
            super(worker);
        }

        @Override
        public OneTimeWorkRequest build() {
            return new OneTimeWorkRequest(worker, input);
        }
    }
}

package androidx.work;

import java.util.HashMap;

public abstract class WorkRequest {
    final Class<? extends ListenableWorker> worker;
    final Data input;

    WorkRequest(Class<? extends ListenableWorker> worker, Data input) {
        this.worker = worker;
        this.input = input;
    }

    public abstract static class Builder<B, W extends WorkRequest> {
        final Class<? extends ListenableWorker> worker;
        Data input = new Data(new HashMap<>());

        Builder(Class<? extends ListenableWorker> worker) {
            this.worker = worker;
        }

        @SuppressWarnings("unchecked")
        public final B setInputData(Data data) {
            input = data;
            return (B) this;
        }

        public abstract W build();
    }
}

package androidx.work;

import android.content.Context;
import java.util.HashMap;

public abstract class ListenableWorker {
    private final Context context;
    private final WorkerParameters parameters;

    public ListenableWorker(Context context, WorkerParameters parameters) {
        this.context = context;
        this.parameters = parameters;
    }

    public final Context getApplicationContext() {
        return context;
    }

    public final Data getInputData() {
        return parameters.input;
    }

    public static class Result {
        private final Data output;

        private Result(Data output) {
            this.output = output;
        }

        public Data getOutputData() {
            return output;
        }

        public static Result success() {
            return new Result(new Data(new HashMap<>()));
        }

        public static Result failure() {
            return success();
        }

        public static Result retry() {
            return success();
        }
    }
}

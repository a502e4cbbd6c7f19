package androidx.work;

public final class WorkerParameters {
    final Data input;

    WorkerParameters(Data input) {
        this.input = input;
    }
}

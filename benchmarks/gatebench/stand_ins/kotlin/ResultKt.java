package kotlin;

public final class ResultKt {
    private ResultKt() {
    }

    public static void throwOnFailure(Object result) {
        if (result instanceof Throwable) {
            throw new IllegalStateException((Throwable) result);
        }
    }
}

package kotlinx.coroutines;

import android.os.Handler;
import android.os.Looper;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.jvm.internal.SuspendLambda;
import kotlin.jvm.functions.Function2;

public final class BuildersKt {
    private BuildersKt() {
    }

    @SuppressWarnings("unchecked")
    public static Job launch$default(CoroutineScope scope, CoroutineContext context, Object start,
            Function2<? super CoroutineScope, ? super Continuation<? super Unit>, ? extends Object> block,
            int mask, Object marker) {
        Continuation<Object> made = (Continuation<Object>) ((SuspendLambda) block).create(scope, null);
        new Handler(Looper.getMainLooper()).post(() -> made.resumeWith(Unit.INSTANCE));
        return () -> false;
    }
}

package kotlinx.coroutines;

import android.os.Handler;
import android.os.Looper;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;

public final class DelayKt {
    private DelayKt() {
    }

    public static Object delay(long millis, Continuation<? super Unit> next) {
        new Handler(Looper.getMainLooper()).postDelayed(() -> next.resumeWith(Unit.INSTANCE), millis);
        return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }
}

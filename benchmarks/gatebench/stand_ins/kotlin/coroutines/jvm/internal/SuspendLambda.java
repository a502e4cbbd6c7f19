package kotlin.coroutines.jvm.internal;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;

public abstract class SuspendLambda implements Continuation<Object> {
    private final Continuation<Object> completion;

    public SuspendLambda(int arity, Continuation<Object> completion) {
        this.completion = completion;
    }

    protected abstract Object invokeSuspend(Object result);

    public Continuation<?> create(Object value, Continuation<?> next) {
        throw new UnsupportedOperationException("create(Any?;Continuation) has not been overridden");
    }

    @Override
    public CoroutineContext getContext() {
        return EmptyCoroutineContext.INSTANCE;
    }

    @Override
    public final void resumeWith(Object result) {
        Object outcome = invokeSuspend(result);
        if (outcome != IntrinsicsKt.getCOROUTINE_SUSPENDED() && completion != null) {
            completion.resumeWith(outcome);
        }
    }
}

package io.reactivex;

import io.reactivex.disposables.Disposable;
import io.reactivex.functions.Consumer;
import io.reactivex.functions.Function;
import io.reactivex.functions.Predicate;
import java.util.concurrent.Callable;

public abstract class Observable<T> {
    protected abstract void run(Consumer<? super T> next) throws Exception;

    private interface Source<T> {
        void run(Consumer<? super T> next) throws Exception;
    }

    private static <T> Observable<T> of(Source<T> source) {
        return new Observable<T>() {
            @Override
            protected void run(Consumer<? super T> next) throws Exception {
                source.run(next);
            }
        };
    }

    public static <T> Observable<T> just(T value) {
        return of(next -> next.accept(value));
    }

    public static <T> Observable<T> fromCallable(Callable<? extends T> source) {
        return of(next -> next.accept(source.call()));
    }

    public static <T> Observable<T> fromIterable(Iterable<? extends T> values) {
        return of(next -> {
            for (T value : values) {
                next.accept(value);
            }
        });
    }

    public final <R> Observable<R> map(Function<? super T, ? extends R> mapper) {
        return of(next -> run(value -> next.accept(mapper.apply(value))));
    }

    public final Observable<T> filter(Predicate<? super T> wanted) {
        return of(next -> run(value -> {
            if (wanted.test(value)) {
                next.accept(value);
            }
        }));
    }

    public final Observable<T> subscribeOn(Scheduler scheduler) {
        return of(next -> scheduler.scheduleDirect(() -> guarded(next)));
    }

    public final Observable<T> observeOn(Scheduler scheduler) {
        return this;
    }

    private void guarded(Consumer<? super T> next) {
        try {
            run(next);
        } catch (Exception cause) {
            throw new IllegalStateException(cause);
        }
    }

    public final Disposable subscribe(Consumer<? super T> next) {
        guarded(next);
        return new Disposable() {
            @Override
            public void dispose() {
            }

            @Override
            public boolean isDisposed() {
                return true;
            }
        };
    }
}

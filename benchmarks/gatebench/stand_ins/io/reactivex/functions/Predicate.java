package io.reactivex.functions;

public interface Predicate<T> {
    boolean test(T value) throws Exception;
}

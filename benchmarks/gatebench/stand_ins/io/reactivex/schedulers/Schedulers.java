package io.reactivex.schedulers;

import io.reactivex.Scheduler;

public final class Schedulers {
    private Schedulers() {
    }

    public static Scheduler io() {
        return new Scheduler() {
            @Override
            public void scheduleDirect(Runnable action) {
                new Thread(action).start();
            }
        };
    }
}

package android.os;

import org.example.bench.Clock;

public abstract class CountDownTimer {
    private final long total;

    public CountDownTimer(long total, long step) {
        this.total = total;
    }

    public abstract void onTick(long left);

    public abstract void onFinish();

    public final CountDownTimer start() {
        Clock.post(() -> onTick(0), total / 2);
        Clock.post(this::onFinish, total);
        return this;
    }

    public final void cancel() {
    }
}

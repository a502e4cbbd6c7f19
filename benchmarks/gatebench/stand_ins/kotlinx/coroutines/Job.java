package kotlinx.coroutines;

public interface Job {
    boolean isActive();
}

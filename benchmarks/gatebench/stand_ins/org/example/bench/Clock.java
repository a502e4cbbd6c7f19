package org.example.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The queue of the main thread: what was posted runs when the present call is over, delays without waiting. */
public final class Clock {
    private static final int MOST = 200;
    private static final int PATIENCE_MILLIS = 1500;
    private static final class Post {
        final Runnable action;
        final long when;
        final long order;

        Post(Runnable action, long when, long order) {
            this.action = action;
            this.when = when;
            this.order = order;
        }
    }

    private static final PriorityQueue<Post> QUEUE = new PriorityQueue<>(
            Comparator.<Post>comparingLong(post -> post.when).thenComparingLong(post -> post.order));
    private static long order;
    private static long now;
    private static int ran;
    private static boolean settling;

    private Clock() {
    }

    static synchronized void reset() {
        QUEUE.clear();
        ran = 0;
        now = 0;
        settling = false;
    }

    public static synchronized void post(Runnable action, long delay) {
        QUEUE.add(new Post(action, now + Math.max(0, delay), order++));
    }

    public static synchronized void remove(Runnable action) {
        QUEUE.removeIf(post -> post.action == action || post.action.equals(action));
    }

    private static synchronized Post next() {
        if (QUEUE.isEmpty() || ran++ >= MOST) {
            return null;
        }
        Post post = QUEUE.poll();
        now = Math.max(now, post.when);
        return post;
    }

    /** Runs what was posted, and waits for the threads that the application started, until nothing stirs. */
    public static void settle() {
        if (settling) {
            return;
        }
        settling = true;
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        do {
            for (Post post = next(); post != null; post = next()) {
                post.action.run();
            }
        } while (busy() && System.nanoTime() < end || !empty());
        settling = false;
    }

    private static synchronized boolean empty() {
        return QUEUE.isEmpty() || ran >= MOST;
    }

    private static boolean busy() {
        for (Thread thread : others()) {
            Thread.State state = thread.getState();
            if (state != Thread.State.WAITING && state != Thread.State.TERMINATED || stirs(thread)) {
                pause();
                return true;
            }
        }
        return false;
    }

    /** Returns whether a thread that waits may have been woken already. */
    private static boolean stirs(Thread thread) {
        pause();
        return thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED;
    }

    private static List<Thread> others() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] found = new Thread[64];
        int count = group.enumerate(found);
        List<Thread> threads = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            if (found[at] != Thread.currentThread()) {
                threads.add(found[at]);
            }
        }
        return threads;
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

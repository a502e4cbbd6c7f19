package org.example.bench;

/** What an application takes for the runtime: its processes are those of the bench. */
public final class PlayedRuntime {
    private static final PlayedRuntime ONLY = new PlayedRuntime();

    private PlayedRuntime() {
    }

    public static PlayedRuntime getRuntime() {
        return ONLY;
    }

    public int availableProcessors() {
        return 1;
    }

    public long maxMemory() {
        return 1L << 28;
    }

    public Process exec(String command) {
        return PlayedProcesses.process(command);
    }

    public Process exec(String[] command) {
        return PlayedProcesses.process(String.join(" ", command));
    }
}

package org.example.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an application takes for a builder of processes: one that reads the log gets the lines of the bench. */
public final class PlayedProcesses {
    private final String command;

    public PlayedProcesses(String... command) {
        this.command = String.join(" ", command);
    }

    public PlayedProcesses(List<String> command) {
        this.command = String.join(" ", command);
    }

    public PlayedProcesses redirectErrorStream(boolean joined) {
        return this;
    }

    public Process start() {
        return process(command);
    }

    static Process process(String command) {
        String said = command.startsWith("logcat") ? String.valueOf(Bench.memory.getOrDefault("log", "")) : "";
        return new Process() {
            @Override
            public OutputStream getOutputStream() {
                return new ByteArrayOutputStream();
            }

            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public InputStream getErrorStream() {
                return new ByteArrayInputStream(new byte[0]);
            }

            @Override
            public int waitFor() {
                return 0;
            }

            @Override
            public int exitValue() {
                return 0;
            }

            @Override
            public void destroy() {
            }
        };
    }
}

package org.example.bench;

import android.content.Context;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;

/** Runs jobs from standard input, one JSON object a line; writes one JSON object a line with the recorded effects. */
public final class Runner {
    private static final String DRIVER = "Drive";

    private Runner() {
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        System.setOut(new PrintStream(System.err, true, "UTF-8"));
        URL.setURLStreamHandlerFactory(FakeServer::handler);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(run(new JSONObject(line)));
            out.flush();
        }
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static JSONObject run(JSONObject job) throws Exception {
        JSONObject result = new JSONObject().put("id", job.get("id"));
        Thread thread = new Thread(new ThreadGroup("run"), () -> guarded(job, result), "main");
        thread.start();
        thread.join();
        return result;
    }

    private static void guarded(JSONObject job, JSONObject result) {
        try {
            perform(job);
        } catch (Throwable failed) {
            Throwable cause = failed instanceof InvocationTargetException ? failed.getCause() : failed;
            StringWriter text = new StringWriter();
            cause.printStackTrace(new PrintWriter(text));
            result.put("error", text.toString());
        }
        JSONArray effects = new JSONArray();
        for (String[] effect : Bench.effects()) {
            effects.put(new JSONArray().put(effect[0]).put(effect[1]));
        }
        result.put("effects", effects);
    }

    private static void perform(JSONObject job) throws Exception {
        File root = new File(job.getString("root")).getAbsoluteFile();
        try (AppLoader loader = new AppLoader(job.getJSONArray("classes"), root)) {
            Thread.currentThread().setContextClassLoader(loader);
            Bench.reset(job.getJSONObject("world"), loader, root);
            prepare(root, Bench.part("files"));
            JSONArray applications = job.getJSONArray("applications");
            for (int at = 0; at < applications.length(); at++) {
                Bench.application(applications.getString(at));
            }
            JSONArray drivers = job.getJSONArray("drivers");
            for (int at = 0; at < drivers.length(); at++) {
                Class.forName(drivers.getString(at) + "." + DRIVER, true, loader).getMethod("start").invoke(null);
                Clock.settle();
            }
            Class<?> driver = Class.forName(job.getString("package") + "." + DRIVER, true, loader);
            Bench.clearEffects();
            Map<String, Long> before = written(root.toPath());
            driver.getMethod("run", Context.class, String.class)
                    .invoke(null, Bench.application, job.getString("text"));
            Clock.settle();
            written(root.toPath()).forEach((name, size) -> {
                if (!size.equals(before.get(name))) {
                    Bench.effect("store", "file " + name);
                }
            });
        }
    }

    private static void prepare(File root, JSONObject files) throws IOException {
        if (root.isDirectory()) {
            try (Stream<Path> old = Files.walk(root.toPath())) {
                old.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        for (String name : files.keySet()) {
            File file = new File(root, name);
            file.getParentFile().mkdirs();
            Files.write(file.toPath(), files.getString(name).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Long> written(Path root) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> found = Files.walk(root)) {
                found.filter(Files::isRegularFile).forEach(file -> sizes.put(
                        root.relativize(file).toString(), file.toFile().length()));
            }
        }
        return sizes;
    }
}

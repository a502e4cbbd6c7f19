import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.origin.Origin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import proguard.Configuration;
import proguard.ConfigurationParser;
import proguard.ProGuard;

/** Runs D8 and ProGuard as often as asked, in one process: a line is the tool and its arguments, between tabs. */
public final class Workshop {
    private Workshop() {
    }

    public static void main(String[] none) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split("\t");
            String[] arguments = java.util.Arrays.copyOfRange(words, 1, words.length);
            if (words[0].equals("d8")) {
                D8.run(D8Command.parse(arguments, Origin.root()).build());
            } else if (words[0].equals("smali")) {
                assemble(arguments);
            } else {
                rename(arguments);
            }
        }
    }

    /** By reflection, as smali need not be there. */
    private static void assemble(String[] arguments) throws Exception {
        Class<?> options = Class.forName("org.jf.smali.SmaliOptions");
        Object given = options.getConstructor().newInstance();
        options.getField("outputDexFile").set(given, arguments[0]);
        options.getField("jobs").set(given, 1);
        new java.io.File(arguments[0]).getParentFile().mkdirs();
        Object done = Class.forName("org.jf.smali.Smali").getMethod("assemble", options, java.util.List.class)
                .invoke(null, given, java.util.Collections.singletonList(arguments[1]));
        if (!done.equals(Boolean.TRUE)) {
            throw new IllegalStateException("smali: " + arguments[1]);
        }
    }

    private static void rename(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        ConfigurationParser parser = new ConfigurationParser(arguments, new Properties());
        parser.parse(configuration);
        parser.close();
        new ProGuard(configuration).execute();
    }
}

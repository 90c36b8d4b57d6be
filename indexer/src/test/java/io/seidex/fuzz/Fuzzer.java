package io.seidex.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets Jazzer look, in a JVM of its own and for a bounded time, for octets that a target does not stand: an exception, an
 * input that never ends, more than the heap that is granted.
 *
 * <p>{@code -Dfuzz.seconds=3600} looks longer, {@code -Dfuzz.seed=N} the same way again. What was found to lead anywhere stays
 * under {@code target/fuzz/TARGET}, and an input that a target did not stand beside it, under the name that the message says.
 */
public final class Fuzzer {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 15);
    private static final long SEED = Long.getLong("fuzz.seed", 0);
    private static final int LONGEST_INPUT = 4096;
    /** Time enough on a machine that is busy with other things. */
    private static final int INPUT_SECONDS = 120;

    private Fuzzer() {}

    /**
     * Runs a target, a class with {@code static void fuzzerTestOneInput(byte[])}.
     *
     * @param seeds inputs to begin with
     * @throws AssertionError if an input is not stood, with what Jazzer says of it
     */
    public static void run(Class<?> target, List<byte[]> seeds) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command(target, folder, corpus))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            // Jazzer ends by itself; this is for the day on which it does not.
            if (!process.waitFor(SECONDS + 2 * INPUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the fuzzer did not end: see " + log.toAbsolutePath());
            }
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(log);
        if (process.exitValue() != 0) {
            throw new AssertionError("an input was not stood: see " + log.toAbsolutePath() + "\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size())));
        }
        String done = lines.stream().filter(line -> line.startsWith("Done ")).reduce((a, b) -> b).orElse("");
        if (done.isEmpty()) {
            throw new AssertionError("the fuzzer tried nothing: see " + log.toAbsolutePath());
        }
        System.out.println("FUZZED " + target.getSimpleName() + ": " + done);
    }

    private static List<String> command(Class<?> target, Path folder, Path corpus) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + javaOptions());
        command.add("-Xmx512m");
        command.add("-XX:+EnableDynamicAgentLoading");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + target.getName());
        command.add("--instrumentation_includes=io.seidex.**");
        command.add("--reproducer_path=" + folder);
        command.add("-artifact_prefix=" + folder + "/");
        command.add("-max_total_time=" + SECONDS);
        command.add("-max_len=" + LONGEST_INPUT);
        command.add("-timeout=" + INPUT_SECONDS);
        // The system counts what the parent had before the child ran; the heap is bounded.
        command.add("-rss_limit_mb=0");
        command.add("-print_final_stats=1");
        if (SEED != 0) {
            command.add("-seed=" + SEED);
        }
        command.add(corpus.toString());
        return command;
    }

    private static Path javaOptions() {
        return Path.of("").toAbsolutePath().getParent().resolve(".mvn/java.options");
    }
}

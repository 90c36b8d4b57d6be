package io.seidex.query;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The program that answers are compared with, and the real captures; a test that misses them is skipped. */
public final class Tshark {
    /** The version that answers are compared with. */
    public static final String VERSION = "TShark (Wireshark) 4.0.17";
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));
    private static final Path SAMPLES =
            Path.of(System.getProperty("protocol", "../../shared/protocol")).resolve("samples");

    private static final String LISTENERS = """
            for i, filter in ipairs({[==[%s]==]}) do
                local known, listener = pcall(Listener.new, nil, filter)
                if known then
                    listener.packet = function(packet) print(i .. " " .. packet.number) end
                else
                    print(i .. " refused")
                end
            end
            """;

    private Tshark() {}

    /** A row of the list of captures; {@code notes} say what is special in it. */
    public record CaptureRow(Path path, String name, String format, String protocols, String notes) {
        public boolean isUncompressed() {
            return format.startsWith("pcap") && !format.contains(".");
        }
    }

    /** The captures that are listed; skips the test if there are none. */
    public static List<CaptureRow> captures() throws IOException {
        Path list = CAPTURES.resolve("INDEX.tsv");
        assumeTrue(Files.isRegularFile(list),
                () -> "no captures: " + list.toAbsolutePath().normalize() + " is missing");
        List<CaptureRow> rows = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            String[] cells = line.split("\t", -1);
            if (cells.length > 10 && !cells[0].equals("path")) {
                rows.add(new CaptureRow(CAPTURES.resolve(cells[0]), cells[0], cells[7], cells[9], cells[10]));
            }
        }
        return rows;
    }

    /** The captures that hold each information element once; none if they are absent. */
    public static List<Path> samples() throws IOException {
        if (!Files.isDirectory(SAMPLES)) {
            return List.of();
        }
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".pcap")).sorted().toList();
        }
    }

    /** Skips the test unless tshark of the right version is there. */
    public static void assume() throws IOException {
        String version;
        try {
            version = run("-v");
        } catch (IOException e) {
            version = "none";
        }
        String found = version.lines().findFirst().orElse("none");
        assumeTrue(found.startsWith(VERSION), () -> VERSION + " is needed, found: " + found);
    }

    /** The type of each field, by its name, as {@code FT_UINT8}; of names that several fields bear, one of them. */
    public static Map<String, String> fieldTypes() throws IOException {
        Map<String, String> types = new HashMap<>();
        lines(line -> {
            String[] cells = line.split("\t", -1);
            if (cells.length > 4 && (cells[0].equals("F") || cells[0].equals("P"))) {
                types.put(cells[2], cells[0].equals("P") ? "FT_PROTOCOL" : cells[3]);
            }
        }, "-G", "fields");
        return types;
    }

    /**
     * Of each filter the numbers of the packets that match, a line for each; empty of one that tshark does not understand. One
     * run for all of them: each is the filter of a listener.
     */
    public static List<Optional<String>> matching(Path capture, List<String> filters) throws IOException {
        Path script = Files.createTempFile("filters", ".lua");
        Files.write(script, LISTENERS.formatted(String.join("]==], [==[", filters)).lines().toList());
        List<StringBuilder> found = new ArrayList<>();
        filters.forEach(_ -> found.add(new StringBuilder()));
        boolean[] isRefused = new boolean[filters.size()];
        try {
            lines(line -> {
                String[] cells = line.split(" ");
                int filter = Integer.parseInt(cells[0]) - 1;
                if (cells[1].equals("refused")) {
                    isRefused[filter] = true;
                } else {
                    found.get(filter).append(cells[1]).append('\n');
                }
            }, "-q", "-n", "-X", "lua_script:" + script, "-r", capture.toString());
        } finally {
            Files.delete(script);
        }
        List<Optional<String>> matching = new ArrayList<>();
        for (int i = 0; i < isRefused.length; i++) {
            matching.add(isRefused[i] ? Optional.empty() : Optional.of(found.get(i).toString()));
        }
        return matching;
    }

    /** The chosen fields of the packets of a capture that match, as {@code -T fields} prints them. */
    public static String fields(Path capture, String filter, String... fields) throws IOException {
        return fields(new ArrayList<>(List.of("-n")), capture, filter, fields);
    }

    /** As {@link #fields}; of each frame also what is known only from later ones. */
    public static String fieldsOfTwoPasses(Path capture, String filter, String... fields) throws IOException {
        return fields(new ArrayList<>(List.of("-n", "-2")), capture, filter, fields);
    }

    private static String fields(List<String> arguments, Path capture, String filter, String... fields)
            throws IOException {
        arguments.addAll(List.of("-r", capture.toString(), "-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        if (!filter.isEmpty()) {
            arguments.addAll(List.of("-Y", filter));
        }
        return run(arguments.toArray(new String[0]));
    }

    private static String run(String... arguments) throws IOException {
        StringBuilder text = new StringBuilder();
        lines(line -> text.append(line).append('\n'), arguments);
        return text.toString();
    }

    /** Hands over what tshark prints, line by line; answers its exit code. */
    public static int lines(Consumer<String> into, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
        process.getOutputStream().close();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                into.accept(line);
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroy();
        }
    }
}

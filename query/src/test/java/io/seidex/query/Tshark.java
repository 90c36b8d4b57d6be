package io.seidex.query;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program that answers are compared with, and the real captures; a test that misses them is skipped. */
public final class Tshark {
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));
    private static final String VERSION = "TShark (Wireshark) 4.0.17";

    private Tshark() {}

    /** A row of the list of captures. */
    public record CaptureRow(Path path, String name, String format, String protocols) {
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
            if (cells.length > 9 && !cells[0].equals("path")) {
                rows.add(new CaptureRow(CAPTURES.resolve(cells[0]), cells[0], cells[7], cells[9]));
            }
        }
        return rows;
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

    /** The chosen fields of the packets of a capture that match, as {@code -T fields} prints them. */
    public static String fields(Path capture, String filter, String... fields) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-r", capture.toString(), "-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        if (!filter.isEmpty()) {
            arguments.addAll(List.of("-Y", filter));
        }
        return run(arguments.toArray(new String[0]));
    }

    private static String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

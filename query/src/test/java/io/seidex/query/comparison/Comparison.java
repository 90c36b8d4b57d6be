package io.seidex.query.comparison;

import io.seidex.query.TestIndex;
import io.seidex.query.Tshark;
import io.seidex.query.comparison.KnownDifferences.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Prints fields of captures with tshark and from an index, and compares them packet by packet. tshark runs once for each
 * capture, two of them at a time, with two passes, so that it knows facts of later frames; the captures of a batch are in one
 * index.
 */
final class Comparison {
    /** Between the values of a field; no value holds it. */
    private static final String AGGREGATOR = "\u001f";
    private static final String NAME = "frame.number";
    private static final String PROTOCOLS = "frame.protocols";
    /** Which packets Wireshark gives up on: they are cut, or damaged. */
    private static final List<String> DAMAGED = List.of("_ws.malformed", "_ws.short");
    /** Which packets complete something. */
    private static final List<String> WHOLE = List.of("ip.reassembled.length", "ipv6.reassembled.length",
            "tcp.reassembled.length", "sctp.fragment");
    private static final int BATCH = 40;
    private static final int SAMPLES = 3;

    private final List<String> fields;
    /** The fields, and behind them what is asked for besides. tshark fills only one column of a name. */
    private final List<String> asked;
    private final Map<String, Integer> places = new HashMap<>();
    private final KnownDifferences known;
    private final Path directory;

    /** What tshark printed of a capture, and whether it went to its end. */
    private record Printed(List<String> lines, boolean isDone) {}

    private final Map<String, List<String>> differences = new TreeMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final boolean[] met;
    private int captures;
    private int batches;
    private long packets;
    private long equal;
    private long ruled;
    private long different;

    Comparison(List<String> fields, KnownDifferences known, Path directory) {
        this.fields = fields;
        this.asked = new ArrayList<>(fields);
        Stream.of(WHOLE, DAMAGED, List.of(NAME, PROTOCOLS)).flatMap(List::stream).filter(name -> !fields.contains(name))
                .forEach(asked::add);
        for (int i = 0; i < asked.size(); i++) {
            places.put(asked.get(i), i);
        }
        this.known = known;
        this.directory = directory;
        this.met = new boolean[fields.size()];
    }

    /** Compares captures, each a path by its name. */
    void compare(Map<String, Path> files) throws IOException {
        List<String> names = List.copyOf(files.keySet());
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int from = 0; from < names.size(); from += BATCH) {
                List<String> batch = names.subList(from, Math.min(from + BATCH, names.size()));
                Map<String, Future<Printed>> theirs = new LinkedHashMap<>();
                batch.forEach(name -> theirs.put(name, pool.submit(() -> theirs(files.get(name)))));
                Map<String, Map<String, String>> ours = ours(batch.stream().map(files::get).toList());
                for (String name : batch) {
                    compare(name, theirs.get(name).get(), ours.getOrDefault(key(files.get(name)), Map.of()));
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private Printed theirs(Path capture) {
        List<String> arguments = new ArrayList<>(
                List.of("-n", "-2", "-o", "frame.show_file_off:TRUE", "-r", capture.toString(), "-T", "fields", "-E",
                        "aggregator=" + AGGREGATOR));
        asked.forEach(field -> arguments.addAll(List.of("-e", field)));
        List<String> lines = new ArrayList<>();
        try {
            int code = Tshark.lines(lines::add, arguments.toArray(new String[0]));
            return new Printed(lines, code == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the captures, by path and number of the frame. */
    private Map<String, Map<String, String>> ours(List<Path> captures) {
        TestIndex index = TestIndex.of(directory.resolve("index" + batches++), captures.toArray(new Path[0]));
        List<String> arguments =
                new ArrayList<>(List.of("-T", "fields", "-E", "aggregator=" + AGGREGATOR, "-e", "capture", "-e", NAME));
        fields.forEach(field -> arguments.addAll(List.of("-e", field)));
        arguments.addAll(List.of("-e", "fault"));
        TestIndex.Run run = index.query(arguments.toArray(new String[0]));
        if (run.code() != 0) {
            throw new IllegalStateException(run.err());
        }
        Map<String, Map<String, String>> lines = new HashMap<>();
        run.out().lines().forEach(line -> {
            int first = line.indexOf('\t');
            int second = line.indexOf('\t', first + 1);
            lines.computeIfAbsent(line.substring(0, first), _ -> new HashMap<>())
                    .put(line.substring(first + 1, second), line.substring(second + 1));
        });
        return lines;
    }

    private void compare(String name, Printed printed, Map<String, String> ours) {
        List<String> theirs = printed.lines();
        captures++;
        packets += theirs.size();
        for (String line : theirs) {
            String[] cells = line.split("\t", -1);
            String number = cells[place(NAME)];
            String found = ours.get(number);
            String[] values = found == null ? new String[fields.size() + 1] : found.split("\t", -1);
            if (found == null) {
                Arrays.fill(values, "");
            }
            Place place = place(name, cells, values, false);
            if (found == null) {
                differ(NAME, place, number, List.of(number), List.of());
                continue;
            }
            for (int i = 0; i < fields.size(); i++) {
                if (cells[i].isEmpty() && values[i].isEmpty()) {
                    continue;
                }
                met[i] = true;
                List<String> expected = values(cells[i]);
                if (cells[i].equals(values[i])) {
                    equal += expected.size();
                } else {
                    differ(fields.get(i), place, number, expected, values(values[i]));
                }
            }
        }
        if (ours.size() > theirs.size()) {
            String[] none = new String[asked.size()];
            Arrays.fill(none, "");
            differ(NAME, place(name, none, none, theirs.isEmpty() && !printed.isDone()), "all",
                    List.of(theirs.size() + " packets"), List.of(ours.size() + " packets"));
        }
    }

    private Place place(String name, String[] theirs, String[] ours, boolean isRefused) {
        String chain = theirs[place(PROTOCOLS)];
        String known = ours[place(PROTOCOLS)];
        boolean goesOn = chain.length() > known.length() && chain.startsWith(known) && !chain.equals(known + ":data");
        boolean isFaulty = !ours[fields.size()].isEmpty();
        return new Place(name, protocols(chain), goesOn ? protocols(chain.substring(known.length())) : Set.of(),
                holds(WHOLE, theirs), holds(DAMAGED, theirs) && isFaulty, isRefused, field -> theirs[place(field)],
                field -> ours[place(field)]);
    }

    /** The column of a field. */
    private int place(String field) {
        return places.get(field);
    }

    private static List<String> values(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(AGGREGATOR, -1));
    }

    private boolean holds(List<String> names, String[] cells) {
        return names.stream().anyMatch(name -> !cells[place(name)].isEmpty());
    }

    private static Set<String> protocols(String chain) {
        Set<String> protocols = new HashSet<>(Arrays.asList(chain.split(":")));
        protocols.remove("");
        return protocols;
    }

    private void differ(String field, Place place, String number, List<String> theirs, List<String> ours) {
        KnownDifferences.Entry entry = known.allowing(field, place, theirs, ours);
        if (entry != null && entry.isRule()) {
            ruled += Math.max(1, theirs.size());
            return;
        }
        int same = entry == null ? 0 : entry.same(theirs, ours);
        equal += same;
        if (entry != null) {
            different += Math.max(theirs.size(), ours.size()) - same;
            return;
        }
        counts.merge(field, 1, Integer::sum);
        List<String> examples = differences.computeIfAbsent(field, _ -> new ArrayList<>());
        if (examples.stream().filter(line -> line.contains(place.capture())).count() < SAMPLES
                && examples.size() < 100) {
            examples.add("    " + place.capture() + " frame " + number + ": tshark <" + shown(theirs) + ">, here <"
                    + shown(ours) + ">  " + place.protocols());
        }
    }

    private static String shown(List<String> values) {
        String text = String.join(" | ", values);
        return text.length() < 300 ? text : text.substring(0, 300) + "…";
    }

    /** What differs and is not in the list: a paragraph for each field. */
    List<String> differences() {
        List<String> lines = new ArrayList<>();
        differences.forEach((field, examples) -> {
            lines.add(field + ": " + counts.get(field) + " packets");
            lines.addAll(examples);
        });
        return lines;
    }

    /** The fields that occurred. */
    List<String> met() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < met.length; i++) {
            if (met[i]) {
                names.add(fields.get(i));
            }
        }
        return names;
    }

    /** What was done, in one line. */
    String summary() {
        return equal + " values of " + met().size() + " fields in " + packets + " packets of " + captures
                + " captures are tshark's, " + ruled + " more by one of " + known.size(true) + " rules; " + different
                + " differ, for one of " + known.size(false) + " reasons";
    }
}

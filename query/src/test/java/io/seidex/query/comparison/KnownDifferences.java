package io.seidex.query.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The list of what may differ from tshark, and why: {@code known-differences.txt}, which says how it is written. */
final class KnownDifferences {
    private static final String RESOURCE = "known-differences.txt";

    private final List<Entry> entries;
    private final Set<Entry> applied = new TreeSet<>((a, b) -> Integer.compare(a.line, b.line));

    /** How the values of a packet may differ. */
    enum How {
        /** In any way. */
        OTHER,
        /** tshark prints ours, in order, and more. */
        MORE,
        /** Ours are tshark's, in order, and more. */
        FEWER,
        /** Each of ours is the begin of one of tshark's. */
        LONGER
    }

    /** A packet of tshark's, as far as entries ask for it. */
    record Place(
            String capture, Set<String> protocols, boolean isReassembled, boolean isDamaged, boolean isBeyond,
            boolean isRefused) {}

    /**
     * A line of the list; {@code capture} names those that show it, for a rule one of them.
     *
     * @param like what is found in tshark's values; null if it does not matter
     */
    record Entry(int line, List<String> fields, String rule, String capture, How how, Pattern like, String reason) {
        boolean allows(String field, Place place, String theirs, String ours, String aggregator) {
            return fields.stream().anyMatch(pattern -> matches(pattern, field)) && holds(place) && switch (how) {
                case OTHER -> true;
                case MORE -> isWithin(ours, theirs, aggregator);
                case FEWER -> isWithin(theirs, ours, aggregator);
                case LONGER -> isBegin(ours, theirs, aggregator);
            } && (like == null || like.matcher(theirs).find());
        }

        private boolean holds(Place place) {
            return switch (rule) {
                case "everywhere" -> true;
                case "reassembled" -> place.isReassembled;
                case "damaged" -> place.isDamaged;
                case "beyond" -> place.isBeyond;
                case "refused" -> place.isRefused;
                case "capture" -> isOneOf(capture, place.capture);
                default -> Arrays.stream(rule.split(" ")).anyMatch(place.protocols::contains);
            };
        }

        @Override
        public String toString() {
            return RESOURCE + " line " + line + ": " + String.join(" ", fields);
        }
    }

    private KnownDifferences(List<Entry> entries) {
        this.entries = entries;
    }

    static KnownDifferences read() throws IOException {
        try (InputStream in = KnownDifferences.class.getResourceAsStream(RESOURCE)) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static KnownDifferences of(String text) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split(" \\| *", 4);
            if (cells.length < 4 || cells[3].isBlank()) {
                throw new IllegalArgumentException(RESOURCE + " line " + number + ": fields | where | how | reason");
            }
            String[] where = cells[1].strip().split(", as in |(?<=^capture) ");
            String rule = where[0].startsWith("protocol ") ? where[0].substring("protocol ".length()) : where[0];
            if (where.length != 2) {
                throw new IllegalArgumentException(RESOURCE + " line " + number + ": no capture that shows it");
            }
            String[] how = cells[2].strip().split(", like ", 2);
            entries.add(new Entry(number, Arrays.asList(cells[0].strip().split(" +")), rule, where[1].strip(),
                    switch (how[0]) {
                        case "other" -> How.OTHER;
                        case "tshark more" -> How.MORE;
                        case "tshark fewer" -> How.FEWER;
                        case "tshark longer" -> How.LONGER;
                        default -> throw new IllegalArgumentException(RESOURCE + " line " + number + ": how?");
                    }, how.length < 2 ? null : Pattern.compile(how[1]), cells[3].strip()));
        }
        return new KnownDifferences(entries);
    }

    /** Whether an entry allows the difference. */
    synchronized boolean allow(String field, Place place, String theirs, String ours, String aggregator) {
        for (Entry entry : entries) {
            if (entry.allows(field, place, theirs, ours, aggregator)) {
                if (isOneOf(entry.capture, place.capture)) {
                    applied.add(entry);
                }
                return true;
            }
        }
        return false;
    }

    /** Whether an entry names the capture: without it, nobody would know whether the entry still applies. */
    boolean names(String capture) {
        return entries.stream().anyMatch(entry -> isOneOf(entry.capture, capture));
    }

    /** The entries that nothing needed. */
    List<Entry> idle() {
        return entries.stream().filter(entry -> !applied.contains(entry)).toList();
    }

    int size() {
        return entries.size();
    }

    private static boolean isOneOf(String patterns, String capture) {
        return Arrays.stream(patterns.split(" ")).anyMatch(pattern -> matches(pattern, capture));
    }

    /** Whether a pattern, whose stars stand for anything, is the text. */
    static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(text);
        }
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return text.length() - at >= parts[parts.length - 1].length() && text.endsWith(parts[parts.length - 1]);
    }

    private static boolean isBegin(String ours, String theirs, String aggregator) {
        String[] begins = ours.split(aggregator, -1);
        String[] wholes = theirs.split(aggregator, -1);
        for (int i = 0; i < begins.length && begins.length == wholes.length; i++) {
            if (!wholes[i].startsWith(begins[i])) {
                return false;
            }
        }
        return begins.length == wholes.length;
    }

    /** Whether the values of {@code few} stand among those of {@code many}, in their order. */
    private static boolean isWithin(String few, String many, String aggregator) {
        if (few.isEmpty()) {
            return true;
        }
        String[] inside = few.split(aggregator, -1);
        int next = 0;
        for (String value : many.split(aggregator, -1)) {
            if (next < inside.length && inside[next].equals(value)) {
                next++;
            }
        }
        return next == inside.length;
    }
}

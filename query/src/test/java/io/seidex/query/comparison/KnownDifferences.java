package io.seidex.query.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The list of what may differ from tshark, and why: {@code known-differences.txt}, which says how it is written. */
final class KnownDifferences {
    private static final String RESOURCE = "known-differences.txt";

    private final List<Entry> entries;

    /**
     * A packet of tshark's, as far as entries ask for it.
     *
     * @param behind the protocols that tshark names behind the last that is decoded here
     * @param isDamaged whether tshark gives it up, and a fault stands in it here
     * @param theirs tshark's values of a field
     * @param ours those of this program
     */
    record Place(
            String capture, Set<String> protocols, Set<String> behind, boolean isReassembled, boolean isDamaged,
            boolean isRefused, UnaryOperator<String> theirs, UnaryOperator<String> ours) {}

    /** A line of the list; {@code capture} names those that show it, for a rule one of them. */
    static final class Entry {
        private final int line;
        private final List<String> fields;
        private final String rule;
        private final String capture;
        private final Relation relation;
        private final String argument;
        private long packets;
        private boolean isShown;

        private Entry(int line, List<String> fields, String rule, String capture, Relation relation, String argument) {
            this.line = line;
            this.fields = fields;
            this.rule = rule;
            this.capture = capture;
            this.relation = relation;
            this.argument = argument;
        }

        private boolean allows(String field, Place place, List<String> theirs, List<String> ours) {
            return fields.stream().anyMatch(pattern -> matches(pattern, field)) && holds(place)
                    && relation.holds(argument, place, theirs, ours);
        }

        private boolean holds(Place place) {
            String[] words = rule.split(" ");
            return switch (words[0]) {
                case "everywhere" -> true;
                case "reassembled" -> place.isReassembled;
                case "damaged" -> place.isDamaged;
                case "refused" -> place.isRefused;
                case "beyond" -> !place.behind.isEmpty();
                case "behind" -> Arrays.stream(words).anyMatch(place.behind::contains);
                case "protocol" -> Arrays.stream(words).anyMatch(place.protocols::contains);
                case "where" -> Pattern.compile(words[2]).matcher(place.theirs.apply(words[1])).find();
                default -> Arrays.stream(capture.split(" ")).anyMatch(one -> isOf(one, place));
            };
        }

        /** Whether a packet is of a capture and, where the pattern has some behind a colon, one of its frames. */
        private static boolean isOf(String pattern, Place place) {
            if (!matches(nameOf(pattern), place.capture)) {
                return false;
            }
            String frames = pattern.substring(nameOf(pattern).length());
            String number = place.theirs.apply("frame.number");
            return frames.isEmpty() || !number.isEmpty()
                    && Arrays.stream(frames.substring(1).split(",")).anyMatch(range -> holds(range, number));
        }

        private static boolean holds(String range, String number) {
            String[] ends = range.split("-");
            int frame = Integer.parseInt(number);
            return frame >= Integer.parseInt(ends[0]) && frame <= Integer.parseInt(ends[ends.length - 1]);
        }

        /** Whether tshark's values follow from ours, so that every one of them is compared. */
        boolean isRule() {
            return relation.isRule();
        }

        /** How many of the values are the same nevertheless. */
        int same(List<String> theirs, List<String> ours) {
            return relation.isPartial() ? Math.min(theirs.size(), ours.size()) : 0;
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
            if (where.length != 2) {
                throw new IllegalArgumentException(RESOURCE + " line " + number + ": no capture that shows it");
            }
            String how = cells[2].strip();
            Relation relation = Relation.of(how).orElse(null);
            if (relation == null) {
                throw new IllegalArgumentException(RESOURCE + " line " + number + ": how?");
            }
            entries.add(new Entry(number, Arrays.asList(cells[0].strip().split(" +")), where[0].strip(),
                    where[1].strip(), relation, how.substring(relation.words().length()).strip()));
        }
        return new KnownDifferences(entries);
    }

    /** The entry that allows the difference; null if none does. */
    Entry allowing(String field, Place place, List<String> theirs, List<String> ours) {
        for (Entry entry : entries) {
            if (entry.allows(field, place, theirs, ours)) {
                entry.packets++;
                entry.isShown |= isOneOf(entry.capture, place.capture);
                return entry;
            }
        }
        return null;
    }

    /** Whether an entry names the capture: without it, nobody would know whether the entry still applies. */
    boolean names(String capture) {
        return entries.stream().anyMatch(entry -> isOneOf(entry.capture, capture));
    }

    /** The entries that nothing needed. */
    List<Entry> idle() {
        return entries.stream().filter(entry -> !entry.isShown).toList();
    }

    /** How many entries are rules, or how many are not. */
    long size(boolean areRules) {
        return entries.stream().filter(entry -> entry.isRule() == areRules).count();
    }

    /** What each entry allowed. */
    List<String> uses() {
        return entries.stream().map(entry -> entry.packets + "\t" + entry).toList();
    }

    private static boolean isOneOf(String patterns, String capture) {
        return Arrays.stream(patterns.split(" ")).anyMatch(pattern -> matches(nameOf(pattern), capture));
    }

    /** Without the frames behind it. */
    private static String nameOf(String pattern) {
        int colon = pattern.lastIndexOf(':');
        return colon < 0 ? pattern : pattern.substring(0, colon);
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
}

package io.seidex.query.comparison;

import io.seidex.fault.Layer;
import io.seidex.query.comparison.KnownDifferences.Place;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How tshark's values of a packet may stand to ours where they differ. */
enum Relation {
    /** tshark has none. */
    NOTHING("nothing", false),
    /** We have none, and tshark's match. */
    ONLY("only", false),
    /** tshark's are ours, and further ones. */
    FURTHER("ours and further", false),
    /** Ours are tshark's, and further ones. */
    FIRST("the first of ours", false),
    /** Ours stand among tshark's, in their order. */
    MORE("ours among others", false),
    /** tshark's stand among ours, in their order. */
    FEWER("some of ours", false),
    /** tshark's match, whatever ours are. */
    LIKE("like", false),
    /** Each of tshark's begins with ours, if we have any. */
    LONGER("longer", false),
    /** Octets: those of tshark stand within ours. */
    WITHIN("within", true),
    /** Lengths: none of tshark's is greater than ours. */
    LESS("less", true),
    /** Bits: tshark's under a mask are ours. */
    BITS("under", true),
    /** Those of ours that can be printed. */
    PRINTABLE("printable", true),
    /** Octets of ours as text. */
    TEXT("text", true),
    /** Times: tshark's nanoseconds are more than 999,999,999, or what 32 bits keep of them; ours carry them over. */
    CARRIED("carried", true),
    /** Ours and, of IMSIs in the packet, the code of the country or of the network. */
    IMSI("and of IMSIs", true),
    /** A chain of protocols that goes on with one that is not decoded here. */
    CHAIN("on to another protocol", true);

    private static final int COUNTRY = 3;
    private static final int NANO_DIGITS = 9;
    private static final String TIME = "frame.time_epoch";

    private final String words;
    private final boolean isRule;

    Relation(String words, boolean isRule) {
        this.words = words;
        this.isRule = isRule;
    }

    static Optional<Relation> of(String how) {
        return Arrays.stream(values()).filter(one -> how.equals(one.words) || how.startsWith(one.words + ' '))
                .findFirst();
    }

    String words() {
        return words;
    }

    /** Whether tshark's values follow from ours. */
    boolean isRule() {
        return isRule;
    }

    /** Whether the values of the one are among those of the other. */
    boolean isPartial() {
        return this == FURTHER || this == FIRST || this == MORE || this == FEWER;
    }

    boolean holds(String argument, Place place, List<String> theirs, List<String> ours) {
        return switch (this) {
            case NOTHING -> theirs.isEmpty();
            case ONLY -> ours.isEmpty() && matchAll(argument.isEmpty() ? ".*" : argument, theirs);
            case FURTHER -> begins(theirs, ours);
            case FIRST -> begins(ours, theirs);
            case MORE -> without(theirs, ours).isPresent();
            case FEWER -> without(ours, theirs).isPresent();
            case LIKE -> matchAll(argument, theirs);
            case LONGER -> ours.isEmpty() || pairwise(theirs, ours, (one, other) -> one.startsWith(other));
            case WITHIN -> theirs.stream().allMatch(one -> ours.stream().anyMatch(other -> other.contains(one)));
            case LESS -> theirs.stream().allMatch(
                    one -> ours.stream().anyMatch(other -> Long.parseLong(one) <= Long.parseLong(other)));
            case BITS -> pairwise(theirs, ours,
                    (one, other) -> (Long.decode(one) & Long.decode(argument)) == Long.decode(other));
            case PRINTABLE -> ours.stream().filter(one -> one.chars().noneMatch(c -> c < ' ' || c >= 127)).toList()
                    .equals(theirs);
            case TEXT -> pairwise(theirs, ours, (one, other) -> texts(other).contains(one));
            case CARRIED -> isCarried(place.theirs().apply(TIME), place.ours().apply(TIME));
            case IMSI -> without(theirs, ours).filter(rest -> areOfImsis(place, argument, rest)).isPresent();
            case CHAIN -> goesOn(theirs, ours);
        };
    }

    private interface Test {
        boolean holds(String one, String other);
    }

    private static boolean pairwise(List<String> theirs, List<String> ours, Test test) {
        if (theirs.size() != ours.size()) {
            return false;
        }
        for (int i = 0; i < ours.size(); i++) {
            if (!test.holds(theirs.get(i), ours.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchAll(String regex, List<String> values) {
        Pattern pattern = Pattern.compile(regex);
        return values.stream().allMatch(value -> pattern.matcher(value).find());
    }

    private static boolean begins(List<String> many, List<String> few) {
        return few.size() <= many.size() && many.subList(0, few.size()).equals(few);
    }

    /** Many without few, if these stand among them in their order. */
    private static Optional<List<String>> without(List<String> many, List<String> few) {
        List<String> rest = new ArrayList<>();
        int next = 0;
        for (String value : many) {
            if (next < few.size() && few.get(next).equals(value)) {
                next++;
            } else {
                rest.add(value);
            }
        }
        return next == few.size() ? Optional.of(rest) : Optional.empty();
    }

    /** Each of the values is the country's part of an IMSI, or the network's, which has two digits or three. */
    private static boolean areOfImsis(Place place, String part, List<String> values) {
        List<String> imsis = List.of(place.theirs().apply("e212.imsi").split("[^0-9]+"));
        return values.stream().allMatch(value -> imsis.stream().filter(imsi -> imsi.length() > COUNTRY + COUNTRY)
                .anyMatch(imsi -> part.equals("country") ? isNumber(value, imsi, 0, COUNTRY)
                        : isNumber(value, imsi, COUNTRY, COUNTRY - 1) || isNumber(value, imsi, COUNTRY, COUNTRY)));
    }

    private static boolean isNumber(String value, String digits, int from, int count) {
        return Integer.parseInt(value) == Integer.parseInt(digits.substring(from, from + count));
    }

    /** The octets as UTF-8 and as ASCII, with a sign for each that is none. */
    private static List<String> texts(String octets) {
        byte[] text = HexFormat.of().parseHex(octets);
        return List.of(new String(text, StandardCharsets.UTF_8), new String(text, StandardCharsets.US_ASCII));
    }

    /** Wireshark prints the sign of its nanoseconds in front. */
    private static boolean isCarried(String theirs, String ours) {
        boolean isNegative = theirs.startsWith("-");
        String[] parts = theirs.substring(isNegative ? 1 : 0).split("\\.");
        BigDecimal nanos = new BigDecimal(isNegative ? '-' + parts[1] : parts[1]);
        BigDecimal lost = new BigDecimal(ours).subtract(new BigDecimal(parts[0])).movePointRight(NANO_DIGITS)
                .subtract(nanos);
        return lost.remainder(BigDecimal.valueOf(1L << Integer.SIZE)).signum() == 0;
    }

    private static boolean goesOn(List<String> theirs, List<String> ours) {
        String chain = ours.isEmpty() ? "" : ours.getFirst() + ':';
        if (theirs.size() != 1 || !theirs.getFirst().startsWith(chain)) {
            return false;
        }
        String next = theirs.getFirst().substring(chain.length()).split(":")[0];
        return Arrays.stream(Layer.values()).noneMatch(layer -> layer.label().equals(next));
    }
}

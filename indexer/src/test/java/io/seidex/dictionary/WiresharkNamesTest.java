package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.octets.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The members that bear a name of Wireshark's, against what tshark 4.0.17 showed under it for the same octets. */
class WiresharkNamesTest {
    private static final Path PROTOCOL = Path.of("..", "..", "shared", "protocol");

    /** What tshark reads in another way, since it takes the 2 octets for bits in the midst of others. */
    private static final Set<String> OTHERWISE = Set.of("pfcp.area_session_id_value");

    private final LayoutReader reader = new LayoutReader();
    private final byte[] target = new byte[256];

    @Test
    void shouldHoldWhatTsharkShows() throws IOException {
        Path samples = PROTOCOL.resolve("ie-samples.tsv");
        assumeTrue(Files.exists(samples), samples + " is missing");
        List<String> lines = Files.readAllLines(samples);
        List<Vector> vectors = Vector.all();
        // Where the samples stand: in a Create Session Request.
        reader.within(32, 0);
        List<String> differing = new ArrayList<>();
        int compared = 0;
        for (int i = 0; i < vectors.size(); i++) {
            String[] columns = lines.get(i + 1).split("\t", -1);
            // One sample counts more area codes than it holds: tshark shows none.
            if (!columns[6].startsWith("ok") || columns[5].startsWith("gtp.no_of_mbms_sa_codes")) {
                continue;
            }
            List<String> shown = Arrays.asList(columns[5].split(" \\| "));
            Vector vector = vectors.get(i);
            try (Octets octets = Octets.of(vector.value())) {
                reader.over(vector.element().layout().program(), octets, 0, vector.value().length);
                while (reader.next()) {
                    String field = reader.member().field();
                    if (!field.isEmpty() && !OTHERWISE.contains(field) && !isSpare(field)) {
                        compared++;
                        if (!isShown(octets, shown)) {
                            differing.add(vector.element() + " " + reader.member() + " in " + shown);
                        }
                    }
                }
            }
        }
        assertEquals("", String.join("\n", differing));
        assertTrue(compared > 1000, compared + " members compared");
    }

    /** The other way round: no field of the protocols is forgotten, except those that are listed with their reason. */
    @Test
    void shouldNameWhatTsharkShows() throws IOException {
        Path samples = PROTOCOL.resolve("ie-samples.tsv");
        assumeTrue(Files.exists(samples), samples + " is missing");
        Set<String> listed = listed("unnamed.txt");
        List<String> lines = Files.readAllLines(samples);
        List<Vector> vectors = Vector.all();
        Set<String> unnamed = new TreeSet<>();
        reader.within(32, 0);
        for (int i = 0; i < vectors.size(); i++) {
            Vector vector = vectors.get(i);
            Set<String> ours = new HashSet<>();
            try (Octets octets = Octets.of(vector.value())) {
                reader.over(vector.element().layout().program(), octets, 0, vector.value().length);
                while (reader.next()) {
                    ours.add(reader.member().field());
                }
            }
            for (String shown : lines.get(i + 1).split("\t", -1)[5].split(" \\| ")) {
                String field = shown.split("@")[0];
                if (!ours.contains(field) && !isForeign(field) && !isSpare(field)) {
                    unnamed.add(field);
                }
            }
        }
        Set<String> forgotten = new TreeSet<>(unnamed);
        forgotten.removeAll(listed);
        assertEquals(Set.of(), forgotten, "shown by tshark, and of no member");
        listed.removeAll(unnamed);
        assertEquals(Set.of(), listed, "listed in unnamed.txt, and of a member");
    }

    /** Bits that have no meaning yet: of some, the releases that tshark does not know say what they mean. */
    private static boolean isSpare(String field) {
        return field.matches(".*(spare|spr_bit).*");
    }

    /** The first word of each line. */
    private static Set<String> listed(String resource) throws IOException {
        try (InputStream lines = WiresharkNamesTest.class.getResourceAsStream(resource)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ")[0])
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Of a protocol that stands within an element. */
    private static boolean isForeign(String field) {
        return !field.matches("(pfcp|gtpv2|gtp|nrup|e212|e164|3gpp|gsm_a.gm.sm.pco)\\..*|gsm_a.dtap.timezone");
    }

    @Test
    void shouldNameFieldsThatExist() throws IOException {
        Path fields = PROTOCOL.resolve("wireshark-fields.tsv");
        Path samples = PROTOCOL.resolve("ie-samples.tsv");
        assumeTrue(Files.exists(fields) && Files.exists(samples), fields + " or " + samples + " is missing");
        Set<String> known = Files.readAllLines(fields).stream().map(line -> line.split("\t")[0])
                .collect(Collectors.toSet());
        // The list is of the protocols themselves; what stands within their elements belongs to others, such as gsm_a.
        known.addAll(listed("foreign.txt"));
        // Of Release 19, which Wireshark 4.0 does not know: the index has a field of this name.
        known.add("pfcp.header_handling_control_rule_id");
        for (String line : Files.readAllLines(samples)) {
            for (String shown : line.split("\t", -1)[5].split(" \\| ")) {
                known.add(shown.split("@")[0]);
            }
        }
        for (Dictionary dictionary : List.of(Dictionary.pfcp(), Dictionary.gtpv2(), Dictionary.gtpv1(),
                Dictionary.gtpu(), Dictionary.gtpPrime())) {
            for (Element element : dictionary.elements()) {
                for (Member member : element.layout().members()) {
                    // Of what stands within elements the samples show a part.
                    boolean isWithin = member.field().startsWith("gsm_a.");
                    assertTrue(member.field().isEmpty() || isWithin || known.contains(member.field()),
                            element + " " + member);
                }
            }
        }
    }

    /** Whether one of tshark's entries, {@code field@offset+octets=value}, is the member that the reader is at. */
    private boolean isShown(Octets octets, List<String> shown) throws IOException {
        for (String entry : shown) {
            if (entry.startsWith(reader.member().field() + "@")) {
                String place = entry.substring(entry.indexOf('@') + 1, entry.indexOf('='));
                int at = Integer.parseInt(place.substring(0, place.indexOf('+')));
                int length = Integer.parseInt(place.substring(place.indexOf('+') + 1));
                boolean inside = at >= reader.at() && at + length <= reader.at() + reader.length();
                if (inside && isValue(octets, entry.substring(entry.indexOf('=') + 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isValue(Octets octets, String value) throws IOException {
        MemberType type = reader.member().type();
        if (reader.member().format() == FieldFormat.BYTES) {
            byte[] shown = octets.copy(reader.at(), reader.length());
            return value.equals(HexFormat.ofDelimiter(":").formatHex(shown));
        }
        if (type.isNumber()) {
            // A label or a unit may stand where a number was: then the place alone is compared.
            return !value.matches("\\d+|0x[0-9a-f]+")
                    || Long.toUnsignedString(meant()).equals(unsigned(value)) && isPrintedAs(value);
        }
        if (type == MemberType.IP4 || type == MemberType.IP6) {
            byte[] address = octets.copy(reader.at(), reader.length());
            return InetAddress.getByName(value).equals(InetAddress.getByAddress(address));
        }
        if (type.isText()) {
            int written = ValueText.write(type, octets, reader.at(), reader.length(), target);
            // tshark says of octets that are no text that they are none, but not which.
            return value.indexOf('\uFFFD') >= 0
                    || new String(target, 0, written, StandardCharsets.UTF_8).equals(value);
        }
        return true;
    }

    /** What the number in the octets stands for. */
    private long meant() {
        Member member = reader.member();
        if (member.type() == MemberType.ZONE) {
            return ValueText.quarters((int) reader.number());
        }
        return member.scale().isEmpty() ? reader.number()
                : Dictionary.common().scale(member.scale()).value(reader.number());
    }

    private boolean isPrintedAs(String value) {
        Member member = reader.member();
        return value.startsWith("0x")
                ? member.format() == FieldFormat.HEX && member.hexDigits() == value.length() - 2
                : member.format() != FieldFormat.HEX;
    }

    private static String unsigned(String value) {
        return value.startsWith("0x")
                ? Long.toUnsignedString(Long.parseUnsignedLong(value.substring(2), 16))
                : Long.toUnsignedString(Long.parseUnsignedLong(value));
    }
}

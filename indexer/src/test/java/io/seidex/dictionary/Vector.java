package io.seidex.dictionary;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A value of an element, and what it holds. */
record Vector(String dictionary, Element element, byte[] value, List<String> members) {
    private static final Set<MemberType> NUMBERS =
            EnumSet.of(MemberType.UNSIGNED, MemberType.BITS, MemberType.ZONE, MemberType.ROUND);

    static List<Vector> all() {
        List<Vector> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Vector.class.getResourceAsStream("vectors.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    all.add(of(line.split(" ")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Vector of(String[] words) {
        byte[] value = HexFormat.of().parseHex(words[2].equals("-") ? "" : words[2]);
        int type = Integer.parseInt(words[1]);
        Element element = switch (words[0]) {
            case "pfcp" -> Dictionary.pfcp().element(0, type);
            case "gtpv2" -> Dictionary.gtpv2().element(0, type);
            case "gtpv1" -> Dictionary.gtpv1().element(0, type);
            case "gtpu-header" -> Dictionary.gtpu().header(type, value[0] & 0xFF);
            default -> throw new IllegalArgumentException(words[0]);
        };
        return new Vector(words[0], element, value, List.of(words).subList(3, words.length));
    }

    /** What a program reports of a value, in the manner of the vectors, and the fault. */
    static String read(LayoutReader reader, Program program, Octets octets, long at, int length) {
        return read(reader, program, octets, at, length, 0, member -> true);
    }

    /** The same of a value that lacks octets. */
    static String read(LayoutReader reader, Program program, Octets octets, long at, int length, int missing) {
        return read(reader, program, octets, at, length, missing, member -> true);
    }

    /** The same, without the members that are not kept. */
    static String read(
            LayoutReader reader, Program program, Octets octets, long at, int length, Predicate<Member> kept) {
        return read(reader, program, octets, at, length, 0, kept);
    }

    private static String read(
            LayoutReader reader, Program program, Octets octets, long at, int length, int missing,
            Predicate<Member> kept) {
        StringBuilder read = new StringBuilder();
        for (reader.over(program, octets, at, length, missing); reader.next();) {
            Member member = reader.member();
            if (!kept.test(member)) {
                continue;
            }
            read.append(' ').append(member.name()).append('@').append(reader.at() - at).append('+')
                    .append(reader.length());
            read.append('=');
            if (NUMBERS.contains(member.type())) {
                read.append(Long.toUnsignedString(reader.number()));
            } else {
                read.append(HexFormat.of().formatHex(octets.copy(reader.at(), reader.length())));
            }
        }
        if (reader.fault() != Fault.NONE) {
            read.append(" !").append(reader.fault()).append('@').append(reader.faultAt() - at);
        }
        return read.toString();
    }

    @Override
    public String toString() {
        return dictionary + " " + element + " " + HexFormat.of().formatHex(value);
    }
}

package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.octets.Octets;
import io.seidex.traffic.PacketBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read by hand is what the dictionary says: the same elements, described anew in the same words, are read by program. */
class FlaggedAddressesTest {
    private static final int RAW = 101;
    private static final int ROUNDS = 40;
    private static final int LONGEST = 40;
    private static final int FIRST_OCTETS = 256;

    private final Extraction byHand = Extraction.forPrinting(Dictionaries.builtIn());

    @ParameterizedTest
    @CsvSource({"pfcp, 21", "pfcp, 57", "pfcp, 93", "gtpv2, 87"})
    void shouldReadWhatTheDictionarySays(String protocol, int type) throws IOException {
        Extraction byProgram = Extraction.forPrinting(
                Dictionaries.builtIn().extendedBy("same.ies",
                        "protocol " + protocol + "\n" + statement(protocol, type)));
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int addresses = 0;
        for (int first = 0; first < FIRST_OCTETS; first++) {
            byte[] value = new byte[LONGEST];
            for (int round = 0; round < ROUNDS; round++) {
                random.nextBytes(value);
                value[0] = (byte) first;
                if (random.nextInt(4) == 0) {
                    // Nobody's identifier has no end.
                    Arrays.fill(value, 1, 9, (byte) 0);
                }
                // Every prefix comes up; now and then the element claims more than there is.
                int length = round % (LONGEST + 1);
                int claimed = random.nextInt(8) == 0 ? length + random.nextInt(30) : length;
                byte[] packet = message(protocol, type, Arrays.copyOf(value, length), claimed);
                List<String> expected = values(byProgram, packet);
                String hint = "-Dseed=" + seed + " " + HexFormat.of().formatHex(packet);
                assertEquals(expected, values(byHand, packet), hint);
                addresses += expected.stream().anyMatch(line -> line.matches(".*(ipv|endpoint).*")) ? 1 : 0;
            }
        }
        assertTrue(addresses > FIRST_OCTETS, "hardly a value had addresses: " + addresses);
    }

    @Test
    void shouldReadAnElementAsItIsDescribedAnew() {
        Extraction anew = Extraction.forPrinting(Dictionaries.builtIn().extendedBy("other.ies", """
                protocol pfcp
                ie 21 F-TEID = teid:u32; ipv4:ip4
                    -> teid=pfcp.f_teid.teid ipv4=pfcp.f_teid.ipv4_addr
                """));
        byte[] value = HexFormat.of().parseHex("000000010a000001");
        List<String> values = values(anew, message("pfcp", 21, value, value.length));
        assertTrue(values.contains("pfcp.f_teid.ipv4_addr=10.0.0.1"), values::toString);
    }

    /** How the dictionary describes an element. */
    private static String statement(String protocol, int type) throws IOException {
        try (InputStream text = Dictionary.class.getResourceAsStream(protocol + ".ies")) {
            List<String> lines = new String(text.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .dropWhile(line -> !line.startsWith("ie " + type + ' ')).toList();
            return lines.getFirst() + "\n" + lines.stream().skip(1).takeWhile(line -> line.startsWith(" "))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static byte[] message(String protocol, int type, byte[] value, int claimed) {
        PacketBuilder packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2");
        String length = HexFormat.of().toHexDigits((short) claimed);
        if (protocol.equals("pfcp")) {
            packet.udp(8805, 8805).pfcp(52, 1, 7).hex(HexFormat.of().toHexDigits((short) type) + length);
        } else {
            packet.udp(2123, 2123).gtpv2(34, 1, 7).hex(HexFormat.of().toHexDigits((byte) type) + length + "00");
        }
        return packet.octets(value).toBytes();
    }

    private static List<String> values(Extraction extraction, byte[] content) {
        FieldText text = new FieldText();
        Packet packet = new Packet();
        try (Octets octets = Octets.of(content)) {
            new PacketDecoder().decode(octets, 0, content.length, content.length, RAW, packet);
            extraction.extract(octets, packet, text);
        }
        return text.lines();
    }
}

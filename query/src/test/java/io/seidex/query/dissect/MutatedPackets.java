package io.seidex.query.dissect;

import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.query.dissect.SamplePackets.Sample;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.PacketBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Packets of each kind, of every element, and of elements that hold anything; and what damage makes of them. */
final class MutatedPackets {
    private static final int MESSAGES = 100;
    private static final int MOST_ELEMENTS = 6;
    private static final byte[] HERE = Bytes.address("192.0.2.1");
    private static final byte[] THERE = Bytes.address("198.51.100.1");

    private MutatedPackets() {}

    /** A packet of each kind, and messages of elements that hold anything. */
    static List<Sample> samples(Random random) {
        List<Sample> samples = new ArrayList<>(SamplePackets.all());
        for (int i = 0; i < MESSAGES; i++) {
            samples.add(pfcp(random));
            samples.add(gtpv2(random));
            samples.add(gtpv1(random));
        }
        samples.addAll(vectors());
        return samples;
    }

    /** A message for each vector, with its element alone. */
    static List<Sample> vectors() {
        List<Sample> samples = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Dictionary.class.getResourceAsStream("vectors.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 4);
                byte[] value = line.startsWith("#") || words[2].equals("-") ? new byte[0] : Bytes.hex(words[2]);
                switch (words[0]) {
                    case "pfcp" -> samples.add(ethernet(line,
                            n4(50).ie(Integer.parseInt(words[1]), value)));
                    case "gtpv2" -> samples.add(ethernet(line,
                            gtpc().gtpv2(32, 1, 7).gtpv2Ie(Integer.parseInt(words[1]), 0, value)));
                    case "gtpv1" -> samples.add(ethernet(line, gtpv1(16, Integer.parseInt(words[1]), value)));
                    default -> {
                        // No element.
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private static Sample ethernet(String name, PacketBuilder packet) {
        return new Sample(name, CaptureWriter.ETHERNET, packet.end().toBytes(), 0);
    }

    private static PacketBuilder n4(int message) {
        return new PacketBuilder().ethernet().ip(HERE, THERE).udp(8805, 8805).pfcp(message, 1, 7);
    }

    private static PacketBuilder gtpc() {
        return new PacketBuilder().ethernet().ip(HERE, THERE).udp(2123, 2123);
    }

    private static PacketBuilder gtpv1(int message, int type, byte[] value) {
        return gtpc().gtp(message, 1, 7).hex(gtpv1Ie(Dictionary.gtpv1().element(0, type), value));
    }

    private static String gtpv1Ie(Element element, byte[] value) {
        String length = element.lengthOctets() == 0 ? "" : element.lengthOctets() == 1
                ? "%02x".formatted(value.length) : "%04x".formatted(value.length);
        return "%02x".formatted(element.type() & 0xFF) + length + HexFormat.of().formatHex(value);
    }

    private static Sample pfcp(Random random) {
        List<Element> known = Dictionary.pfcp().elements();
        PacketBuilder packet = n4(random.nextInt(60));
        for (int i = random.nextInt(MOST_ELEMENTS); i >= 0; i--) {
            Element element = known.get(random.nextInt(known.size()));
            packet.ie(element.type(), value(random));
        }
        return ethernet("pfcp", packet);
    }

    private static Sample gtpv2(Random random) {
        List<Element> known = Dictionary.gtpv2().elements();
        PacketBuilder packet = gtpc().gtpv2(random.nextInt(256), 1, 7);
        for (int i = random.nextInt(MOST_ELEMENTS); i >= 0; i--) {
            packet.gtpv2Ie(known.get(random.nextInt(known.size())).type() & 0xFF, 0, value(random));
        }
        return ethernet("gtpv2", packet);
    }

    private static Sample gtpv1(Random random) {
        List<Element> known = Dictionary.gtpv1().elements();
        boolean isUser = random.nextBoolean();
        int port = isUser ? 2152 : 2123;
        PacketBuilder packet = new PacketBuilder().ethernet().ip(HERE, THERE).udp(port, port)
                .gtp(random.nextInt(256), 1, 7);
        for (int i = random.nextInt(MOST_ELEMENTS); i >= 0; i--) {
            Element element = known.get(random.nextInt(known.size()));
            packet.hex(gtpv1Ie(element, value(random)));
        }
        return ethernet("gtpv1", packet);
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(30)];
        random.nextBytes(value);
        for (int i = 0; random.nextBoolean() && i < value.length; i++) {
            value[i] &= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return value;
    }

    /** Cut, or some octets changed, or neither. */
    static byte[] mutated(byte[] packet, Random random) {
        byte[] octets =
                Arrays.copyOf(packet, random.nextInt(8) == 0 ? 1 + random.nextInt(packet.length) : packet.length);
        for (int i = random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(octets.length);
            switch (random.nextInt(4)) {
                case 0 -> octets[at] = (byte) random.nextInt(256);
                case 1 -> octets[at]++;
                case 2 -> octets[at]--;
                default -> octets[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
        }
        return octets;
    }
}

package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommunityIdTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int FLOWS = 20_000;

    private final CommunityId ids = new CommunityId();
    private final Flow flow = new Flow();

    /** Flows and identifiers of the specification's own tests. */
    @Test
    void shouldAgreeWithTheSpecification() {
        both("1:LQU9qZlK+B5F3KDmev6m5PMibrg=", "128.232.110.120", "66.35.250.204", TCP, 34855, 80);
        both("1:d/FP5EW3wiY1vCndhwleRRKHowQ=", "192.168.1.52", "8.8.8.8", UDP, 54585, 53);
        both("1:jQgCxbku+pNGw8WPbEc/TS/uTpQ=", "192.168.170.8", "192.168.170.56", SCTP, 7, 80);
        assertEquals("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=", icmp("192.168.0.89", "192.168.0.1", ICMP, 8, 0));
        assertEquals("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=", icmp("192.168.0.1", "192.168.0.89", ICMP, 0, 0));
        assertEquals("1:3o2RFccXzUgjl7zDpqmY7yJi8rI=", icmp("192.168.0.89", "192.168.0.1", ICMP, 20, 0));
        assertEquals("1:tz/fHIDUHs19NkixVVoOZywde+I=", icmp("192.168.0.89", "192.168.0.1", ICMP, 20, 1));
        assertEquals("1:dGHyGvjMfljg6Bppwm3bg0LO8TY=",
                icmp("fe80::200:86ff:fe05:80da", "fe80::260:97ff:fe07:69ea", ICMPV6, 135, 0));
        assertEquals("1:dGHyGvjMfljg6Bppwm3bg0LO8TY=",
                icmp("fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", ICMPV6, 136, 0));
        assertEquals("1:NdobDX8PQNJbAyfkWxhtL2Pqp5w=",
                icmp("3ffe:507:0:1:260:97ff:fe07:69ea", "3ffe:507:0:1:200:86ff:fe05:80da", ICMPV6, 3, 0));
        assertEquals("1:/OGBt9BN1ofenrmSPWYicpij2Vc=",
                icmp("3ffe:507:0:1:200:86ff:fe05:80da", "3ffe:507:0:1:260:97ff:fe07:69ea", ICMPV6, 3, 0));
    }

    @Test
    void shouldAnswerTheSameFromItsTable() throws NoSuchAlgorithmException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < FLOWS; i++) {
            // Few values, so that flows come again and fall into one another's slots.
            boolean four = random.nextBoolean();
            byte[] source = new byte[four ? 4 : 16];
            byte[] destination = new byte[source.length];
            source[random.nextInt(source.length)] = (byte) random.nextInt(40);
            destination[random.nextInt(source.length)] = (byte) random.nextInt(40);
            int protocol = random.nextBoolean() ? TCP : UDP;
            int sourcePort = random.nextInt(3);
            int destinationPort = random.nextInt(3);
            String expected = plain(source, destination, protocol, sourcePort, destinationPort);
            assertEquals(expected, of(source, destination, protocol, sourcePort, destinationPort),
                    "-Dseed=" + seed + " flow " + i);
        }
    }

    private void both(String expected, String source, String destination, int protocol, int sourcePort,
            int destinationPort) {
        assertEquals(expected,
                of(Bytes.address(source), Bytes.address(destination), protocol, sourcePort, destinationPort));
        assertEquals(expected,
                of(Bytes.address(destination), Bytes.address(source), protocol, destinationPort, sourcePort));
    }

    private String of(byte[] source, byte[] destination, int protocol, int sourcePort, int destinationPort) {
        try (Octets octets = Octets.of(Bytes.join(source, destination))) {
            flow.over(octets, 0, source.length, protocol);
            if (sourcePort != CommunityId.NO_PORTS) {
                flow.ports(
                        PacketSchema.UDP_SRCPORT, sourcePort, PacketSchema.UDP_DSTPORT, destinationPort, true);
            }
            return id();
        }
    }

    private String icmp(String source, String destination, int protocol, int type, int code) {
        byte[] from = Bytes.address(source);
        try (Octets octets = Octets.of(Bytes.join(from, Bytes.address(destination)))) {
            flow.over(octets, 0, from.length, protocol);
            flow.icmp(type, code);
            return id();
        }
    }

    private String id() {
        return text(ids.of(
                flow.sourceHigh(), flow.sourceLow(), flow.destinationHigh(), flow.destinationLow(), flow.rest()));
    }

    private static String text(byte[] id) {
        byte[] target = new byte[ValueFormat.MAX_NUMBER];
        int end = ValueFormat.text(PacketSchema.COMMUNITY_ID, id, id.length, target, 0);
        return new String(target, 0, end, StandardCharsets.US_ASCII);
    }

    /** Straight from the definition. */
    private static String plain(byte[] source, byte[] destination, int protocol, int sourcePort, int destinationPort)
            throws NoSuchAlgorithmException {
        int order = java.util.Arrays.compareUnsigned(source, destination);
        boolean keep = order < 0 || order == 0 && sourcePort <= destinationPort;
        int first = keep ? sourcePort : destinationPort;
        int second = keep ? destinationPort : sourcePort;
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(new byte[2]);
        sha1.update(keep ? source : destination);
        sha1.update(keep ? destination : source);
        sha1.update(new byte[] {
            (byte) protocol, 0, (byte) (first >> 8), (byte) first, (byte) (second >> 8), (byte) second
        });
        return "1:" + Base64.getEncoder().encodeToString(sha1.digest());
    }
}

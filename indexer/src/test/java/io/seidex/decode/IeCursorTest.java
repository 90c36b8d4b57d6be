package io.seidex.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IeCursorTest {
    private static final int ROUNDS = 3_000;
    private static final int LONGEST = 300;
    private static final int GROUP = 1;
    private static final int INNER_GROUP = 2;
    private static final int HEADER = 4;

    /** In these tests types 1 and 2 are groups, and so is type 1 of enterprise 10. */
    private static boolean isGroup(int enterprise, int type) {
        return enterprise == 0 ? type == GROUP || type == INNER_GROUP : enterprise == 10 && type == 0x8001;
    }

    @Test
    void shouldVisitGroupsBeforeTheirMembers() {
        assertEquals(
                List.of("0 1[23]<0", "1 56[2]<1", "1 2[5]<1", "2 20[1]<2", "1 29[4]<1", "0 19[1]<0"),
                walk("0001 0017  0038 0002 0001  0002 0005 0014 0001 00  001d 0004 000000ff  0013 0001 01"));
    }

    @Test
    void shouldTellVendorsElementsApart() {
        assertEquals(
                List.of("0 32769@10[5]<0", "1 56[1]<32769", "0 32769@11[3]<0"),
                walk("8001 0007 000a 0038 0001 07  8001 0005 000b 010203"));
    }

    @Test
    void shouldTakeEmptyValuesAndEmptyGroups() {
        assertEquals(List.of("0 1[0]<0", "0 22[0]<0", "0 1[4]<0", "1 2[0]<1"),
                walk("0001 0000 0016 0000 0001 0004 0002 0000"));
        assertEquals(List.of(), walk(""));
    }

    @Test
    void shouldGoOnBehindAGroupThatAMemberExceeds() {
        assertEquals(
                List.of("0 1[6]<0", "pfcp:ie-overrun@4", "0 19[1]<0"), walk("0001 0006  0038 0009 0001  0013 0001 01"));
        assertEquals(List.of("0 1[3]<0", "pfcp:ie-overrun@4", "0 19[1]<0"), walk("0001 0003  003800  0013 0001 01"));
        assertEquals(List.of("0 1[4]<0", "pfcp:ie-overrun@4"), walk("0001 0004  8001 0001"));
        assertEquals(List.of("pfcp:ie-overrun@0"), walk("0013 0009 01"));
    }

    @Test
    void shouldNotCallACutMessageALie() {
        assertEquals(List.of("0 19[1]<0"), walk("0013 0001 01 0001 0010 0038", true));
        assertEquals(
                List.of("0 1[4]<0", "pfcp:ie-overrun@4"),
                walk("0001 0004 0038 0002 0013 0009", true));
    }

    @Test
    void shouldStopDescendingAtItsDepth() {
        StringBuilder hex = new StringBuilder();
        int deepest = IeCursor.MAX_DEPTH + 5;
        for (int i = 0; i < deepest; i++) {
            hex.append("0001%04x".formatted(HEADER * (deepest - 1 - i)));
        }
        List<String> lines = walk(hex.toString());
        assertEquals(IeCursor.MAX_DEPTH + 2, lines.size());
        assertTrue(lines.contains("pfcp:too-deep@" + HEADER * IeCursor.MAX_DEPTH), lines.toString());
    }

    @Test
    void shouldAgreeWithARecursiveWalk() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = random(random, random.nextInt(LONGEST), 0);
            for (int i = random.nextInt(3); i-- > 0 && octets.length > 0;) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            List<String> expected = new ArrayList<>();
            recursive(octets, 0, octets.length, 0, 0, expected);
            List<String> found = walk(Bytes.hex(octets), false);
            found.removeIf(line -> line.startsWith("pfcp:"));
            assertEquals(expected, found, "-Dseed=" + seed + " " + Bytes.hex(octets));
        }
    }

    /** Elements of random types and sizes that fill {@code length} octets, groups often. */
    private static byte[] random(Random random, int length, int depth) {
        byte[] octets = new byte[length];
        int at = 0;
        while (length - at >= HEADER) {
            int size = random.nextInt(Math.min(length - at - HEADER, 60) + 1);
            int type = random.nextInt(5);
            octets[at + 1] = (byte) type;
            octets[at + 3] = (byte) size;
            if ((type == GROUP || type == INNER_GROUP) && depth < 20) {
                System.arraycopy(random(random, size, depth + 1), 0, octets, at + HEADER, size);
            }
            at += HEADER + size;
        }
        return octets;
    }

    /** The obvious way: a function that calls itself. */
    private static void recursive(byte[] octets, int from, int to, int level, int parent, List<String> lines) {
        int at = from;
        while (to - at >= HEADER) {
            int type = (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
            int length = (octets[at + 2] & 0xFF) << 8 | octets[at + 3] & 0xFF;
            int begin = at + HEADER;
            int end = begin + length;
            if (end > to) {
                return;
            }
            int enterprise = 0;
            if (type >= 0x8000) {
                if (length < 2) {
                    return;
                }
                enterprise = (octets[begin] & 0xFF) << 8 | octets[begin + 1] & 0xFF;
                begin += 2;
            }
            lines.add(line(level, type, enterprise, end - begin, parent));
            if (isGroup(enterprise, type) && level < IeCursor.MAX_DEPTH) {
                recursive(octets, begin, end, level + 1, type, lines);
            }
            at = end;
        }
    }

    private static List<String> walk(String hex) {
        return walk(hex, false);
    }

    /** A line for each element, and for each fault at the place in the walk where it was first seen. */
    private static List<String> walk(String hex, boolean isCut) {
        byte[] content = Bytes.hex(hex);
        List<String> lines = new ArrayList<>();
        Packet packet = new Packet();
        try (Octets octets = Octets.of(content)) {
            packet.clear(octets);
            IeCursor cursor = new IeCursor(Layer.PFCP, IeCursorTest::isGroup);
            cursor.over(octets, 0, content.length, isCut, packet);
            int faults = 0;
            boolean more = true;
            for (int steps = 0; more; steps++) {
                assertTrue(steps <= content.length / HEADER + 1, "more steps than elements fit");
                more = cursor.next();
                for (; faults < packet.faults(); faults++) {
                    lines.add(packet.faultLayer(faults).label() + ":" + packet.fault(faults).label() + "@"
                            + packet.faultAt(faults));
                }
                if (more) {
                    assertTrue(cursor.valueAt() + cursor.length() <= content.length);
                    lines.add(
                            line(cursor.level(), cursor.type(), cursor.enterprise(), cursor.length(), cursor.parent()));
                }
            }
        }
        return lines;
    }

    private static String line(int level, int type, int enterprise, int length, int parent) {
        return level + " " + type + (enterprise == 0 ? "" : "@" + enterprise) + "[" + length + "]<" + parent;
    }
}

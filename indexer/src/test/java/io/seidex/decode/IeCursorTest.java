package io.seidex.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.Dictionary;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IeCursorTest {
    private static final int ROUNDS = 3_000;
    private static final int LONGEST = 300;
    private static final int GROUP = 1;
    private static final int INNER_GROUP = 2;
    private static final int MOST_AROUND = 9;

    private static final Dictionary GROUPS = Dictionary.read("groups", """
            protocol pfcp
            ie 1 Group = group
            ie 2 Inner Group = group
            ie 20 Number = number:u8
            ie 10:32769 Group of a Vendor = group
            """);
    private static final Dictionary FLAT = Dictionary.read("flat", """
            protocol gtp
            ie 1 Octet [1] fixed 1 = value:u8
            ie 2 Eight [1] fixed 8 = value:u64
            ie 3 Nothing [1] fixed 0
            ie 141 Short [1] length u8 = value:bytes[rest]
            ie 200 Odd [1] fixed 2 = value:u16
            """);

    /** A way to frame elements: the cursor for it, and the obvious way to walk, a function that calls itself. */
    private enum Framing {
        PFCP(4) {
            @Override
            IeCursor cursor() {
                return IeCursor.pfcp(GROUPS);
            }

            @Override
            int type(Random random) {
                return random.nextInt(20) == 0 ? 0x8001 : random.nextInt(5);
            }

            @Override
            byte[] header(int type, int length, Random random) {
                return new byte[] {(byte) (type >>> 8), (byte) type, (byte) (length >>> 8), (byte) length};
            }

            @Override
            int read(byte[] octets, int at, int to, int level, int parent, List<String> lines) {
                if (to - at < 4) {
                    return to;
                }
                int type = u16(octets, at);
                int claimed = at + 4 + u16(octets, at + 2);
                int end = Math.min(claimed, to);
                int begin = at + 4;
                int enterprise = 0;
                if (type >= 0x8000) {
                    enterprise = end - begin < 2 ? -1 : u16(octets, begin);
                    begin += end - begin < 2 ? 0 : 2;
                }
                lines.add(line(level, type, enterprise, end - begin, claimed - end, parent));
                boolean isGroup = enterprise == 0 ? type == GROUP || type == INNER_GROUP
                        : enterprise == 10 && type == 0x8001;
                if (isGroup && level < IeCursor.MAX_DEPTH) {
                    recursive(octets, begin, end, level + 1, type, lines);
                }
                return end;
            }
        },
        GTPV2(4) {
            @Override
            IeCursor cursor() {
                return IeCursor.gtpv2(GROUPS);
            }

            @Override
            int type(Random random) {
                return random.nextInt(20) == 0 ? 254 : random.nextInt(5);
            }

            @Override
            byte[] header(int type, int length, Random random) {
                return new byte[] {(byte) type, (byte) (length >>> 8), (byte) length, (byte) random.nextInt()};
            }

            @Override
            int read(byte[] octets, int at, int to, int level, int parent, List<String> lines) {
                if (to - at < 4) {
                    return to;
                }
                int type = octets[at] & 0xFF;
                int begin = at + 4;
                int claimed = begin + u16(octets, at + 1);
                int end = Math.min(claimed, to);
                if (type == 254 && end - begin >= 2 && u16(octets, begin) >= 256) {
                    type = u16(octets, begin);
                    begin += 2;
                }
                int instance = octets[at + 3] & 0xF;
                lines.add(line(level, type, 0, end - begin, claimed - end, parent)
                        + (instance == 0 ? "" : " #" + instance));
                if ((type == GROUP || type == INNER_GROUP) && level < IeCursor.MAX_DEPTH) {
                    recursive(octets, begin, end, level + 1, type, lines);
                }
                return end;
            }
        },
        GTPV1(1) {
            @Override
            IeCursor cursor() {
                return IeCursor.gtpv1(FLAT);
            }

            @Override
            int type(Random random) {
                int[] types = {1, 2, 3, 141, 200, 130, 255, 238};
                return random.nextInt(50) == 0 ? 4 : types[random.nextInt(types.length)];
            }

            @Override
            byte[] header(int type, int length, Random random) {
                return switch (type) {
                    case 1, 2, 3, 200, 4 -> new byte[] {(byte) type};
                    case 141 -> new byte[] {(byte) type, (byte) length};
                    default -> new byte[] {(byte) type, (byte) (length >>> 8), (byte) length};
                };
            }

            @Override
            int read(byte[] octets, int at, int to, int level, int parent, List<String> lines) {
                int type = octets[at] & 0xFF;
                int header = type < 128 || type == 200 ? 1 : type == 141 ? 2 : 3;
                if (to - at < header) {
                    return to;
                }
                int begin = at + header;
                int length = switch (type) {
                    case 1 -> 1;
                    case 2 -> 8;
                    case 3 -> 0;
                    case 200 -> 2;
                    case 141 -> octets[at + 1] & 0xFF;
                    default -> type < 128 ? to - begin : u16(octets, at + 1);
                };
                int end = Math.min(begin + length, to);
                int missing = begin + length - end;
                if (type == 238 && end - begin >= 2 && u16(octets, begin) >= 256) {
                    type = u16(octets, begin);
                    begin += 2;
                }
                lines.add(line(0, type, 0, end - begin, missing, 0));
                return end;
            }
        };

        /** Octets of the shortest element. */
        private final int shortest;

        Framing(int shortest) {
            this.shortest = shortest;
        }

        abstract IeCursor cursor();

        abstract int type(Random random);

        abstract byte[] header(int type, int length, Random random);

        /** Notes the element at a place and those within; where the next one begins. */
        abstract int read(byte[] octets, int at, int to, int level, int parent, List<String> lines);

        /** Whether an element that is cut may be another than it was: what tells its type, or how long it is, is in its value. */
        boolean mayDiffer(String line) {
            return switch (this) {
                case PFCP -> line.contains(" 32769@-1[");
                case GTPV2 -> line.contains(" 254[");
                case GTPV1 -> line.startsWith("0 4[") || line.startsWith("0 238[");
            };
        }

        void recursive(byte[] octets, int from, int to, int level, int parent, List<String> lines) {
            for (int at = from; at < to;) {
                at = read(octets, at, to, level, parent, lines);
            }
        }

        /** Elements of random types and sizes that fill about {@code length} octets, groups often. */
        byte[] random(Random random, int length, int depth) {
            List<byte[]> parts = new ArrayList<>();
            int left = length;
            while (left >= 4) {
                int type = type(random);
                int size = random.nextInt(Math.min(left - 4, 60) + 1);
                byte[] value = this != GTPV1 && type <= INNER_GROUP && type > 0 && depth < 20
                        ? random(random, size, depth + 1)
                        : new byte[size];
                if (this == GTPV1 && type < 128 || random.nextBoolean() && type > INNER_GROUP) {
                    random.nextBytes(value);
                }
                parts.add(header(type, value.length, random));
                parts.add(value);
                left -= 4 + size;
            }
            return Bytes.join(parts.toArray(byte[][]::new));
        }

        private static int u16(byte[] octets, int at) {
            return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
        }
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
                List.of("0 1[6]<0", "pfcp:ie-overrun@4", "1 56[2+7]<1", "0 19[1]<0"),
                walk("0001 0006  0038 0009 0001  0013 0001 01"));
        assertEquals(
                List.of("0 1[5]<0", "gtpv2:ie-overrun@4", "1 87[1+1]<1", "0 73[1]<0"),
                walk(Framing.GTPV2, "01 0005 00  57 0002 00 07  49 0001 00 05"));
    }

    @Test
    void shouldCutAnElementThatItsMessageDoesNotHold() {
        assertEquals(List.of("pfcp:ie-overrun@0", "0 19[1+8]<0"), walk("0013 0009 01"));
        assertEquals(List.of("pfcp:ie-overrun@0", "0 19[0+9]<0"), walk("0013 0009"));
        assertEquals(List.of("pfcp:ie-overrun@0", "0 32769@10[1+6]<0"), walk("8001 0009 000a 01"));
    }

    @Test
    void shouldReadWhatAGroupHoldsThatExceedsItsMessage() {
        // What follows from the group's length is no fault of its members, unless they exceed even that.
        assertEquals(
                List.of("pfcp:ie-overrun@0", "0 1[14+34]<0", "1 56[2]<1", "1 29[4+5]<1"),
                walk("0001 0030 0038 0002 0001 001d 0009 00000001"));
        assertEquals(List.of("pfcp:ie-overrun@0", "0 1[3+6]<0"), walk("0001 0009 003800"));
    }

    @Test
    void shouldSkipWhatIsTooShortForAnElement() {
        assertEquals(List.of("0 1[3]<0", "pfcp:ie-overrun@4", "0 19[1]<0"), walk("0001 0003  003800  0013 0001 01"));
    }

    @Test
    void shouldGoOnBehindAVendorsElementThatDoesNotSayWhose() {
        assertEquals(
                List.of("pfcp:ie-malformed@0", "0 32769@-1[1]<0", "0 19[1]<0"), walk("8001 0001 0a 0013 0001 01"));
        assertEquals(List.of("0 1[4]<0", "pfcp:ie-overrun@4", "1 32769@-1[0+1]<1"), walk("0001 0004  8001 0001"));
    }

    @Test
    void shouldTellInstancesAndExtendedTypesOfGtpv2() {
        assertEquals(
                List.of("0 87[1]<0", "0 87[1]<0 #1", "0 1[12]<0 #2", "1 20[1]<1", "1 300[1]<1", "0 73[0]<0"),
                walk(Framing.GTPV2,
                        "57 0001 00 ff  57 0001 f1 ff  01 000c 02 14 0001 00 05 fe 0003 00 012c 07  49 0000 00"));
        // Whatever the value of type 254 is, no type of one octet comes out of it.
        assertEquals(
                List.of("0 254[2]<0", "0 254[1]<0", "0 254[0]<0"),
                walk(Framing.GTPV2, "fe 0002 00 0057  fe 0001 00 01  fe 0000 00"));
    }

    @Test
    void shouldTakeLengthsOfGtpv1FromTheDictionary() {
        assertEquals(
                List.of("0 1[1]<0", "0 2[8]<0", "0 3[0]<0", "0 141[2]<0", "0 200[2]<0", "0 130[1]<0", "0 300[1]<0"),
                walk(Framing.GTPV1,
                        "01 80  02 0102030405060708  03  8d 02 c0c1  c8 0102  82 0001 05  ee 0003 012c 07"));
        assertEquals(
                List.of("0 1[1]<0", "gtp:ie-overrun@2", "0 2[4+4]<0"), walk(Framing.GTPV1, "01 80  02 01020304"));
        assertEquals(List.of("0 1[1]<0", "gtp:ie-overrun@2"), walk(Framing.GTPV1, "01 80  82 00"));
        assertEquals(
                List.of("0 1[1]<0", "gtp:ie-overrun@2", "0 130[1+1]<0"), walk(Framing.GTPV1, "01 80  82 0002 05"));
    }

    @Test
    void shouldEndAtATypeOfGtpv1ThatTellsNoLength() {
        assertEquals(
                List.of("0 1[1]<0", "gtp:ie-endless@2", "0 100[3]<0"), walk(Framing.GTPV1, "01 80  64 01 01 80"));
    }

    @Test
    void shouldNotCallACutMessageALie() {
        assertEquals(
                List.of("0 19[1]<0", "0 1[2+14]<0"), walk(Framing.PFCP, "0013 0001 01 0001 0010 0038", 25));
        assertEquals(
                List.of("0 1[6+10]<0", "1 56[2]<1"), walk(Framing.PFCP, "0001 0010 0038 0002 0001", 20));
        assertEquals(
                List.of("0 1[9]<0", "pfcp:ie-overrun@4", "1 56[5+3]<1", "0 19[0+1]<0"),
                walk(Framing.PFCP, "0001 0009 0038 0008 0001000000 0013 0001", 18));
        assertEquals(List.of("0 1[1]<0", "0 2[4+4]<0"), walk(Framing.GTPV1, "01 80  02 01020304", 11));
    }

    @Test
    void shouldCallALieWhatEvenTheWholeMessageDoesNotHold() {
        assertEquals(
                List.of("pfcp:ie-overrun@0", "0 19[1+8]<0"), walk(Framing.PFCP, "0013 0009 01", 12));
        assertEquals(
                List.of("0 1[6+2]<0", "pfcp:ie-overrun@4", "1 56[2+3]<1"),
                walk(Framing.PFCP, "0001 0008 0038 0005 0001", 12));
    }

    @Test
    void shouldStopDescendingAtItsDepth() {
        for (Framing framing : List.of(Framing.PFCP, Framing.GTPV2)) {
            byte[] octets = {};
            for (int i = 0; i < IeCursor.MAX_DEPTH + 5; i++) {
                octets = Bytes.join(framing.header(GROUP, octets.length, new Random(0)), octets);
            }
            List<String> lines = walk(framing, Bytes.hex(octets));
            assertEquals(IeCursor.MAX_DEPTH + 2, lines.size());
            String fault = ":too-deep@" + framing.shortest * IeCursor.MAX_DEPTH;
            assertTrue(lines.stream().anyMatch(line -> line.endsWith(fault)), lines.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAgreeWithARecursiveWalk(Framing framing) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        IeCursor cursor = framing.cursor();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = framing.random(random, random.nextInt(LONGEST), 0);
            for (int i = random.nextInt(3); i-- > 0 && octets.length > 0;) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            // What lies around the message, and what the cursor saw before, makes no difference.
            byte[] before = new byte[random.nextInt(MOST_AROUND)];
            byte[] behind = new byte[random.nextInt(MOST_AROUND)];
            random.nextBytes(before);
            random.nextBytes(behind);
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            List<String> expected = new ArrayList<>();
            framing.recursive(octets, 0, length, 0, 0, expected);
            byte[] window = Bytes.join(before, Arrays.copyOf(octets, length), behind);
            List<String> found = walk(framing, cursor, window, before.length, length, length);
            found.removeIf(line -> line.contains(":"));
            assertEquals(expected, found, "-Dseed=" + seed + " " + Bytes.hex(octets));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadEveryPrefixAsTheWholeUpToItsEnd(Framing framing) {
        byte[] octets = framing.random(new Random(42), LONGEST, 0);
        List<String> whole = walk(framing, Bytes.hex(octets)).stream().map(IeCursorTest::ofWhole).toList();
        for (int length = 0; length < octets.length; length++) {
            List<String> prefix = walk(framing, Bytes.hex(Arrays.copyOf(octets, length)), octets.length);
            for (String line : prefix) {
                assertTrue(whole.contains(ofWhole(line)) || framing.mayDiffer(line), line);
            }
        }
    }

    /** As if no octet were missing. */
    private static String ofWhole(String line) {
        int plus = line.indexOf('+');
        if (plus < 0) {
            return line;
        }
        int begin = line.indexOf('[');
        int end = line.indexOf(']');
        int length =
                Integer.parseInt(line.substring(begin + 1, plus)) + Integer.parseInt(line.substring(plus + 1, end));
        return line.substring(0, begin + 1) + length + line.substring(end);
    }

    private static List<String> walk(String hex) {
        return walk(Framing.PFCP, hex);
    }

    private static List<String> walk(Framing framing, String hex) {
        return walk(framing, hex, Bytes.hex(hex).length);
    }

    private static List<String> walk(Framing framing, String hex, int claimed) {
        byte[] octets = Bytes.hex(hex);
        return walk(framing, framing.cursor(), octets, 0, octets.length, claimed);
    }

    /** A line for each element, and for each fault at the place in the walk where it was first seen. */
    private static List<String> walk(
            Framing framing, IeCursor cursor, byte[] content, int at, int length, int claimed) {
        List<String> lines = new ArrayList<>();
        Packet packet = new Packet();
        try (Octets octets = Octets.of(content)) {
            packet.clear(octets);
            cursor.over(octets, at, length, claimed, packet);
            int faults = 0;
            boolean more = true;
            for (int steps = 0; more; steps++) {
                assertTrue(steps <= length / framing.shortest + 1, "more steps than elements fit");
                more = cursor.next();
                for (; faults < packet.faults(); faults++) {
                    lines.add(packet.faultLayer(faults).label() + ":" + packet.fault(faults).label() + "@"
                            + packet.faultAt(faults));
                }
                if (more) {
                    assertTrue(cursor.at() >= at && cursor.valueAt() > cursor.at());
                    assertTrue(cursor.valueAt() + cursor.length() <= at + length);
                    String instance = cursor.instance() == 0 ? "" : " #" + cursor.instance();
                    lines.add(
                            line(cursor.level(), cursor.type(), cursor.enterprise(), cursor.length(), cursor.missing(),
                                    cursor.parent())
                                    + instance);
                }
            }
        }
        return lines;
    }

    /** Octets that are missing stand behind those that are there. */
    private static String line(int level, int type, int enterprise, int length, int missing, int parent) {
        return level + " " + type + (enterprise == 0 ? "" : "@" + enterprise) + "[" + length
                + (missing == 0 ? "" : "+" + missing) + "]<" + parent;
    }
}

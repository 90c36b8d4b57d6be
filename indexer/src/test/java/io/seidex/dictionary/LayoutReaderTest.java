package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every layout promises, tried on values of every element that is described. */
class LayoutReaderTest {
    private static final List<Vector> VECTORS = Vector.all();
    private static final int MARGIN = 40;

    private final LayoutReader reader = new LayoutReader();

    /** The vectors know what the specification's figures name; what we name besides is tested against tshark. */
    @Test
    void shouldReadEveryVector() {
        assertEquals(613, VECTORS.size());
        Map<Element, Set<String>> known = new HashMap<>();
        for (Vector vector : VECTORS) {
            assertNotNull(vector.element(), vector::toString);
            Set<String> names = known.computeIfAbsent(vector.element(), element -> new HashSet<>());
            vector.members().forEach(member -> names.add(member.substring(0, member.indexOf('@'))));
        }
        for (Vector vector : VECTORS) {
            Set<String> names = known.get(vector.element());
            Program program = vector.element().layout().program(member -> names.contains(member.name()));
            try (Octets octets = Octets.of(vector.value())) {
                String expected = " " + String.join(" ", vector.members());
                assertEquals(expected, read(program, octets), vector::toString);
            }
        }
    }

    @Test
    void shouldAnswerTheSameForEachMemberAlone() {
        for (Vector vector : VECTORS) {
            Layout layout = vector.element().layout();
            try (Octets octets = Octets.of(vector.value())) {
                int length = vector.value().length;
                for (Member member : layout.members()) {
                    String filtered = Vector.read(reader, layout.program(), octets, 0, length, m -> m == member);
                    String alone = read(layout.program(m -> m == member), octets);
                    assertEquals(withoutFault(filtered), withoutFault(alone), () -> vector + " " + member);
                }
            }
        }
    }

    @Test
    void shouldAnswerEveryPrefix() {
        for (Vector vector : VECTORS) {
            Program program = vector.element().layout().program();
            try (Octets octets = Octets.of(vector.value())) {
                for (int length = 0; length <= vector.value().length; length++) {
                    String read = Vector.read(reader, program, octets, 0, length);
                    int most = length;
                    assertTrue(members(read).allMatch(member -> endOf(member) <= most),
                            () -> vector + " " + most + read);
                }
            }
        }
    }

    @Test
    void shouldFindWhatIsWholeOfACutValue() {
        for (Vector vector : VECTORS) {
            Program program = vector.element().layout().program();
            byte[] value = vector.value();
            Set<String> names = new HashSet<>();
            try (Octets octets = Octets.of(value)) {
                List<String> whole = members(read(program, octets)).toList();
                for (int length = 0; length < value.length; length++) {
                    String read = Vector.read(reader, program, octets, 0, length, value.length - length);
                    int most = length;
                    // What begins in the octets that are there and is not whole is not found, but for what holds others.
                    List<String> expected = whole.stream().filter(member -> endOf(member) <= most).toList();
                    List<String> found = members(read).filter(whole::contains).toList();
                    assertEquals(found, expected.subList(0, found.size()), () -> vector + " " + most + read);
                    members(read).filter(member -> !whole.contains(member)).forEach(member -> {
                        assertEquals(most, endOf(member), () -> vector + " " + most + read);
                        names.add(member.substring(0, member.indexOf('@')));
                    });
                }
            }
            assertTrue(names.stream().allMatch(name -> vector.element().layout().members().stream()
                    .anyMatch(member -> member.within() != null && member.within().name().equals(name))),
                    names::toString);
        }
    }

    /** The tags behind the addresses are left out by some user planes, their lengths as well. */
    @Test
    void shouldReadAddressesWithoutTags() {
        for (int type = 144; type <= 145; type++) {
            Program program = Dictionary.pfcp().element(0, type).layout().program();
            try (Octets none = Octets.of(HexFormat.of().parseHex("01020000000a01"));
                    Octets one = Octets.of(HexFormat.of().parseHex("01020000000a0100"))) {
                assertEquals(" count@0+1=1 mac@1+6=020000000a01", read(program, none));
                assertEquals(" count@0+1=1 mac@1+6=020000000a01 c_tag_len@7+1=0", read(program, one));
            }
        }
    }

    @Test
    void shouldAskTheLengthOfAllOfACutValue() {
        assertEquals("", cut("ipv4:ip4 if len==4; ipv6:ip6 if len==16", "c0000201", 12));
        assertEquals(" a@0+1=1", cut("a:u8; b:u32?; c:u8?", "0102", 5));
        assertEquals(" a@0+1=1 c@1+1=2", cut("a:u8; b:u32?; c:u8?", "0102", 1));
        assertEquals("", cut("apn:labels[rest]", "0361", 2));
        assertEquals(" n@0+1=4", cut("n:u8; x:bytes[n]", "0461", 3));
        assertEquals(" s@0+3=010203 s.x@0+1=1 s.y@1+2=515", cut("s:bytes[rest]{x:u8; y:u16; z:u16?}", "010203", 1));
        assertEquals(" s@0+3=010203 s.x@0+1=1 s.y@1+2=0203 t@3+1=4",
                cut("s:bytes[3]{x:u8; y:bytes[rest]; z:u8?}; t:u8; u:bytes[rest]", "01020304", 1));
    }

    @Test
    void shouldNotLookOutsideItsWindow() {
        for (Vector vector : VECTORS) {
            Program program = vector.element().layout().program();
            byte[] value = vector.value();
            for (int length = 0; length <= value.length; length++) {
                assertEquals(amid(0x00, value, length, program), amid(0xFF, value, length, program), vector::toString);
            }
        }
    }

    @Test
    void shouldForgetThePreviousValue() {
        for (int i = 1; i < VECTORS.size(); i++) {
            Vector before = VECTORS.get(i - 1);
            Vector vector = VECTORS.get(i);
            Program program = vector.element().layout().program();
            try (Octets first = Octets.of(before.value()); Octets octets = Octets.of(vector.value())) {
                Vector.read(reader, before.element().layout().program(), first, 0, before.value().length / 2);
                LayoutReader fresh = new LayoutReader();
                String expected = Vector.read(fresh, program, octets, 0, vector.value().length);
                assertEquals(expected, read(program, octets), vector::toString);
                reader.over(program, octets, 0, vector.value().length);
                reader.next();
            }
        }
    }

    @Test
    void shouldSurviveRandomOctets() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Layout> layouts = VECTORS.stream().map(vector -> vector.element().layout()).distinct().toList();
        for (Layout layout : layouts) {
            for (int round = 0; round < 20; round++) {
                byte[] value = new byte[random.nextInt(80)];
                random.nextBytes(value);
                try (Octets octets = Octets.of(value)) {
                    String whole = read(layout.program(), octets);
                    Member wanted = layout.members().get(random.nextInt(layout.members().size()));
                    Program alone = layout.program(m -> m == wanted);
                    String filtered = Vector.read(reader, layout.program(), octets, 0, value.length, m -> m == wanted);
                    String hint = "-Dseed=" + seed + " " + HexFormat.of().formatHex(value) + whole;
                    String little = read(alone, octets);
                    // A program that wants little may end before the place where another finds the value, or a structure that it
                    // does not enter, too short.
                    assertTrue(filtered.contains("!") || !little.contains("!"), hint);
                    assertEquals(withoutFault(filtered), withoutFault(little), hint);
                }
            }
        }
    }

    @Test
    void shouldAnswerTheSameUnrolled() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int lists = 0;
        for (Vector vector : VECTORS) {
            Layout layout = vector.element().layout();
            boolean[] wanted = new boolean[layout.members().size()];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = random.nextInt(3) > 0;
            }
            for (Program program : List.of(layout.program(), layout.program(member -> wanted[member.index()]),
                    layout.checkedProgram(member -> wanted[member.index()]))) {
                Program unrolled = program.unrolled();
                for (int length = 0; length <= vector.value().length; length++) {
                    assertSame(program, unrolled, Arrays.copyOf(vector.value(), length), seed);
                }
                for (int first = 0; first < 256; first++) {
                    lists += unrolled.unrolled.list(first) == null ? 0 : 1;
                    byte[] value = new byte[1 + random.nextInt(60)];
                    random.nextBytes(value);
                    value[0] = (byte) first;
                    assertSame(program, unrolled, value, seed);
                }
            }
        }
        assertTrue(lists > 256 * VECTORS.size(), "hardly a program was unrolled: " + lists);
    }

    @ParameterizedTest
    @CsvSource({"21, 01", "22, 08", "22, 61", "57, 02", "60, 02", "84, 01", "93, 02", "159, 03"})
    void shouldKnowAheadWhatIsReadMostOften(int type, String firstOctet) {
        Program program = Dictionary.pfcp().element(0, type).layout().checkedProgram(member -> true).unrolled();

        assertNotNull(program.unrolled.list(Integer.parseInt(firstOctet, 16)), "it is run for each value");
    }

    private void assertSame(Program program, Program unrolled, byte[] value, long seed) {
        try (Octets octets = Octets.of(value)) {
            assertEquals(read(program, octets), read(unrolled, octets),
                    () -> "-Dseed=" + seed + " " + HexFormat.of().formatHex(value));
        }
    }

    @Test
    void shouldAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] target = new byte[64];
        Octets[] values = VECTORS.stream().map(vector -> Octets.of(vector.value())).toArray(Octets[]::new);
        Program[] programs = VECTORS.stream().map(v -> v.element().layout().program()).toArray(Program[]::new);
        // The first rounds load classes and let the compiler settle.
        long allocated = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < 20 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < values.length; i++) {
                for (reader.over(programs[i], values[i], 0, (int) values[i].length()); reader.next();) {
                    MemberType type = reader.member().type();
                    sum += reader.number() + ValueText.write(type, values[i], reader.at(), reader.length(), target);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "octets for " + values.length + " values, sum " + sum);
        for (Octets value : values) {
            value.close();
        }
    }

    @Test
    void shouldEndARoundThatConsumesNothing() {
        assertEquals(" count@0+4=4294967295", read("count:u32; (x:u8?)*count", "ffffffff"));
        assertEquals(" count@0+4=4294967295 z@4+1=0 x@5+0=", read("count:u32; z:u8; (x:bytes[z])*count", "ffffffff00"));
        assertEquals(" z@0+1=0 x@1+0=", read("z:u8; (x:bytes[z])*rest", "00ffff"));
        assertEquals(" n@0+1=255 m@1+1=255 z@2+1=0 x@3+0=",
                read("n:u8; m:u8; z:u8; ((x:bytes[z])*m)*n", "ffff00ff"));
    }

    @Test
    void shouldCutACountThatLies() {
        assertEquals(" n@0+1=255 x@1+2=1 x@3+2=2 !IE_MALFORMED@5", read("n:u8; (x:u16)*n", "ff0001000203"));
        assertEquals(" n@0+1=9 !IE_MALFORMED@1", read("n:u8; x:bytes[n]", "09aabb"));
        assertEquals(" n@0+8=18446744073709551615 x@8+1=1 !IE_MALFORMED@9",
                read("n:u64; (x:u8)*n", "ffffffffffffffff01"));
        assertEquals(" F@0+1=1 x@1+0=", read("F:u8; x:bytes[rest-F]", "01"));
    }

    @Test
    void shouldMissMembersOfAnEmptyValue() {
        assertEquals(" !IE_MALFORMED@0", read("a:u8; b:u32", ""));
        assertEquals(" a@0+0=", read("a:bytes[rest]", ""));
        assertEquals(" a@0+1=1 !IE_MALFORMED@1", read("a:u8; b:u32", "01"));
    }

    @Test
    void shouldEvaluateConditions() {
        String layout = "f:u8{b1=A,b2=B,b8-5=n}; x:u8 if ";
        assertEquals("x", present(layout + "A&B|!A&!B", "0300"));
        assertEquals("x", present(layout + "A&B|!A&!B", "0000"));
        assertEquals("", present(layout + "A&B|!A&!B", "0100"));
        assertEquals("x", present(layout + "!(A|B)", "0000"));
        assertEquals("", present(layout + "!(A|B)", "0200"));
        assertEquals("x", present(layout + "A&(B|n==3)", "3100"));
        assertEquals("", present(layout + "A&(B|n==3)", "2100"));
        assertEquals("x", present(layout + "n!=3", "2100"));
        assertEquals("x", present(layout + "n>=2&n<3", "2100"));
        assertEquals("", present(layout + "!(n>=2&n<3)", "2100"));
        assertEquals("x", present(layout + "n>1&n<=2", "2100"));
        assertEquals("", present(layout + "!(n>1)|!(n<=2)", "2100"));
        assertEquals("x", present(layout + "len==2", "0000"));
        assertEquals("", present(layout + "len!=2", "0000"));
        assertEquals("x", present("a:u64; x:u8 if a>=2147483646", "ffffffffffffffff00"));
        assertEquals("x", present("a:ip4?; x:u8 if a", "0102030400"));
        assertEquals("x", present("n:u8; a:uint[n]; x:u8 if a==513", "02020100"));
        assertEquals("x", present("a:uint[2]; x:u8 if a==513", "020100"));
    }

    @Test
    void shouldJoinBitsThatStandApart() {
        String tag = "t:u16{b16-13+b8-1=vid,b12=dei,b11-9=pcp}";
        assertEquals(" t@0+2=6401 t.vid@0+2=257 t.dei@0+2=1 t.pcp@0+2=1", read(tag, "1901"));
        assertEquals(" t@0+2=62207 t.vid@0+2=4095 t.dei@0+2=0 t.pcp@0+2=2", read(tag, "f2ff"));
        assertEquals(" t@0+1=165 t.b8+b6+b3-1@0+1=29", read("t:u8{b8+b6+b3-1}", "a5"));
        assertEquals(" t@0+8=-1 t.x@0+8=3".replace("-1", Long.toUnsignedString(-1)),
                read("t:u64{b64+b1=x}", "ffffffffffffffff"));
        assertEquals(" t@0+2=258 t.x@0+2=18", read("t:u16le{b12-9+b4-1=x}", "0201"));
        assertEquals(" t@0+1=255 t.x@0+1=15", read("t:u8{b8-7 + b6-5=x}", "ff"), "joined, though they stand together");
    }

    @Test
    void shouldDecideByBitsThatStandApart() {
        assertEquals("x", present("t:u16{b16-13+b8-1=vid}; x:u8 if vid==257", "1e0100"));
        assertEquals("", present("t:u16{b16-13+b8-1=vid}; x:u8 if vid", "0f0000"));
        assertEquals(" t@0+1=41 t.n@0+1=3 x@1+3=010203", read("t:u8{b6+b1=n}; x:bytes[n]", "2901020304"));
        String rounds = "(f:u8{b1=F}; t:u8{b8+b1=n} if F; x:u8 if n==3)*rest";
        assertEquals(" f@0+1=1 f.F@0+1=1 t@1+1=129 t.n@1+1=3 x@2+1=7 f@3+1=0 f.F@3+1=0 f@4+1=0 f.F@4+1=0",
                read(rounds, "0181070000"), "what an earlier round said is forgotten");
    }

    @Test
    void shouldKeepOptionalMembersInOrder() {
        assertEquals(" a@0+1=1", read("a:u8; b:u16?", "01ff"));
        assertEquals(" a@0+1=1 b@1+2=65535", read("a:u8; b:u16?", "01ffff"));
        assertEquals(" n@0+1=2", read("n:u8; b:bytes[n]?", "02ff"));
        assertEquals(" n@0+1=2 b@1+2=ffff", read("n:u8; b:bytes[n]?", "02ffff"));
        assertEquals(" a@0+1=1 a.F@0+1=1 x@1+1=2", read("a:u8?{b1=F}; x:u8 if F", "0102"));
    }

    /** What is missing, the text that is incomplete, and where it begins. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a:u8; t:text[rest]         | 01616263   | 2 | t 1",
        "a:u8; t:text[rest]         | 01616263   | 0 | -",
        "a:u8; t:text[rest]         | 01         | 2 | -",
        "a:u8; t:tbcd[8]            | 010203     | 0 | t 1",
        "a:u8; t:tbcd[8]?           | 010203     | 6 | t 1",
        "a:u8; t:tbcd[8]?           | 010203     | 0 | -",
        "n:u8; t:labels[n]; b:u8    | 0503616263 | 0 | t 1",
        "n:u8; t:name[n]?           | 0503616263 | 9 | t 1",
        "n:u8; b:bytes[rest]        | 0503616263 | 9 | -",
        "s:bytes[rest]{t:fqdn[1+]}  | 03616263   | 2 | s.t 0",
        "s:bytes[3]{t:text[4]}; b:u8| 61626364   | 0 | -",
        "a:u32; t:text[rest]        | 6162       | 9 | -"})
    void shouldSayOfWhichTextThereIsOnlyTheBeginning(String notation, String hex, int missing, String expected) {
        Layout layout = Layout.of(notation);
        try (Octets octets = Octets.of(HexFormat.of().parseHex(hex))) {
            reader.over(layout.program(), octets, 0, (int) octets.length(), missing);
            while (reader.next()) {
                // The members that are whole.
            }

            int incomplete = reader.incomplete();

            assertEquals(expected,
                    incomplete < 0 ? "-" : layout.members().get(incomplete).name() + ' ' + reader.faultAt());
        }
    }

    @Test
    void shouldExtendSigns() {
        Layout layout = Layout.of("a:i32; b:i64");
        try (Octets octets = Octets.of(HexFormat.of().parseHex("fffffffe8000000000000000"))) {
            reader.over(layout.program(), octets, 0, 12);
            assertTrue(reader.next());
            assertEquals(-2, reader.number());
            assertTrue(reader.next());
            assertEquals(Long.MIN_VALUE, reader.number());
            assertFalse(reader.next());
            assertFalse(reader.next());
            assertEquals(Fault.NONE, reader.fault());
        }
    }

    @Test
    void shouldNeedNothingWhenNothingIsWanted() {
        Layout layout = Dictionary.pfcp().element(0, 57).layout();
        assertEquals(Program.END, layout.program(member -> false).code[0]);
        assertNotEquals(Program.END, layout.program(member -> member.field().equals("pfcp.seid")).code[0]);
        assertEquals(Program.END, Dictionary.pfcp().element(0, 1).layout().program().code[0]);
    }

    private String read(Program program, Octets octets) {
        return Vector.read(reader, program, octets, 0, (int) octets.length());
    }

    /** Without the fault, which is the whole value's. */
    private String cut(String layout, String hex, int missing) {
        try (Octets octets = Octets.of(HexFormat.of().parseHex(hex))) {
            return withoutFault(
                    Vector.read(reader, Layout.of(layout).program(), octets, 0, (int) octets.length(), missing));
        }
    }

    private String read(String layout, String hex) {
        try (Octets octets = Octets.of(HexFormat.of().parseHex(hex))) {
            return read(Layout.of(layout).program(), octets);
        }
    }

    /** "x" if there is an x. */
    private String present(String layout, String hex) {
        Layout parsed = Layout.of(layout);
        try (Octets octets = Octets.of(HexFormat.of().parseHex(hex))) {
            String alone = read(parsed.program(m -> m.name().equals("x")), octets);
            assertEquals(read(parsed.program(), octets).contains(" x@"), alone.startsWith(" x@"));
            return alone.isEmpty() ? "" : "x";
        }
    }

    private String amid(int octet, byte[] value, int length, Program program) {
        byte[] surrounded = new byte[MARGIN + length + MARGIN];
        Arrays.fill(surrounded, (byte) octet);
        System.arraycopy(value, 0, surrounded, MARGIN, length);
        try (Octets octets = Octets.of(surrounded)) {
            return Vector.read(reader, program, octets, MARGIN, length);
        }
    }

    @Test
    void shouldAskWhereAValueStands() {
        Dictionary dictionary = Dictionary.read("t.ies", """
                protocol x
                ie 1 Number
                    = wait:u8 if @message==32; count:u8 if @message==177|@message>200&@instance<2;
                      other:u8 if @message!=32&@message!=177&(@message<=200|@instance>=2)
                """);
        Program program = dictionary.element(0, 1).layout().program();
        LayoutReader asked = new LayoutReader();
        try (Octets octets = Octets.of(new byte[] {7})) {
            assertEquals(" other@0+1=7", Vector.read(asked, program, octets, 0, 1));
            asked.within(32, 5);
            assertEquals(" wait@0+1=7", Vector.read(asked, program, octets, 0, 1));
            asked.within(177, 15);
            assertEquals(" count@0+1=7", Vector.read(asked, program, octets, 0, 1));
            asked.within(255, 1);
            assertEquals(" count@0+1=7", Vector.read(asked, program, octets, 0, 1));
            asked.within(255, 2);
            assertEquals(" other@0+1=7", Vector.read(asked, program, octets, 0, 1));
        }
    }

    private static Stream<String> members(String read) {
        return Arrays.stream(read.split(" ")).filter(word -> word.contains("+"));
    }

    private static int endOf(String member) {
        String place = member.substring(member.indexOf('@') + 1, member.indexOf('='));
        int plus = place.indexOf('+');
        return Integer.parseInt(place.substring(0, plus)) + Integer.parseInt(place.substring(plus + 1));
    }

    private static String withoutFault(String read) {
        int fault = read.indexOf(" !");
        return fault < 0 ? read : read.substring(0, fault);
    }
}

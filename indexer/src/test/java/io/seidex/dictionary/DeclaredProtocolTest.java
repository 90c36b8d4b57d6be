package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.DeclaredProtocol.End;
import io.seidex.dictionary.DeclaredProtocol.Framing;
import io.seidex.dictionary.DeclaredProtocol.Place;
import io.seidex.dictionary.DeclaredProtocol.Transport;
import io.seidex.octets.Octets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeclaredProtocolTest {
    private static final String HEAD = "protocol p\nover udp 7\n";

    @Test
    void shouldBringTheSmallestExample() {
        DeclaredProtocol protocol = DeclaredProtocol.builtIn().getFirst();
        assertEquals("udp_div", protocol.name());
        assertEquals("[4352]", protocol.ports().toString());
        assertEquals(6, protocol.headerLength());
        assertEquals(Place.NUMBER, protocol.place());
        assertEquals(1, protocol.base());
        assertEquals("Ident", protocol.identity().getFirst().name());
        assertEquals("DivNo", protocol.placed().name());
        assertEquals(End.COUNT, protocol.end());
        assertEquals("DivMax", protocol.ended().name());
        assertNull(protocol.first());
        assertEquals(List.of("udp_div.Ident", "udp_div.DivNo", "udp_div.DivMax", "udp_div.DataSize", "udp_div.Data"),
                protocol.fields().stream().map(DeclaredProtocol.Field::name).toList());
        assertEquals(List.of(false, false, false, true, true),
                protocol.fields().stream().map(DeclaredProtocol.Field::isOfMessage).toList());
    }

    @Test
    void shouldReadOtherShapes() {
        DeclaredProtocol blocks = DeclaredProtocol.read("blocks.protocol", """
                # offsets in units, a flag that says whether more follows; little-endian
                protocol blocks
                over udp 5000, 6000-6007
                header = session:u64le; at:u16le; flags:u8{b8=more,b3-1=version}
                    -> session=blocks.id/hex16
                identity session, flags.version
                offset at times 8
                more flags.more
                """);
        assertEquals("[5000, 6000-6007]", blocks.ports().toString());
        assertEquals(Place.OFFSET, blocks.place());
        assertEquals(8, blocks.unit());
        assertEquals(11, blocks.headerLength());
        assertEquals(End.MORE, blocks.end());
        assertEquals("flags.more", blocks.ended().name());
        assertEquals(2, blocks.identity().size());
        assertTrue(blocks.message().members().isEmpty());
        assertEquals("blocks.id", blocks.fields().getFirst().name());
        assertEquals("blocks.flags.version", blocks.fields().getLast().name());

        DeclaredProtocol flags = DeclaredProtocol.read("flags",
                HEAD + "header = n:u32; f:u8\nnumber n\nfirst f\nlast f\nmessage = x:u8");
        assertEquals(Place.NUMBER, flags.place());
        assertEquals(0, flags.base());
        assertEquals("f", flags.first().name());
        DeclaredProtocol order = DeclaredProtocol.read("order", HEAD + "header = f:u8{b1=b,b2=e}\nfirst f.b\nlast f.e");
        assertEquals(Place.ARRIVAL, order.place());
        DeclaredProtocol single = DeclaredProtocol.read("single", HEAD + "message = x:u8; y:bytes[rest]\n");
        assertEquals(Place.WHOLE, single.place());
        assertEquals(End.WHOLE, single.end());
        assertEquals(0, single.headerLength());
    }

    private static long messageLength(DeclaredProtocol protocol, String header) {
        try (Octets octets = Octets.of(HexFormat.of().parseHex(header.replace(" ", "")))) {
            return protocol.messageLength(octets, 0);
        }
    }

    @Test
    void shouldReadProtocolsOverTcp() {
        DeclaredProtocol counted = DeclaredProtocol.read("counted", """
                protocol counted
                over tcp 9000
                header = magic:u16; flags:u8{b8-5=version}; words:u8
                constant magic = 0xcafe, flags.version = 1
                length words times 4 plus 4
                message = text:text[rest]
                """);
        assertEquals(Transport.TCP, counted.transport());
        assertEquals(Framing.LENGTH, counted.framing());
        assertEquals("words", counted.length().name());
        assertEquals(4 * 7 + 4, messageLength(counted, "cafe 10 07"));
        assertEquals(4 * 255 + 4, counted.longestMessage());
        assertEquals(16 + 4, counted.constantBits());
        DeclaredProtocol apart = DeclaredProtocol.read("apart",
                "protocol apart\nover tcp 1\nheader = a:u16le{b16-13+b8-1=size,b12-9=version}\n"
                        + "length a.size times 2\nconstant a.version = 15\n");
        assertEquals(2 * 0x512, messageLength(apart, "12 5f"));
        try (Octets octets = Octets.of(new byte[] {0x12, 0x5F, 0x00})) {
            assertTrue(apart.isHeader(octets, 0));
            assertFalse(apart.isHeader(octets, 1));
        }
        assertEquals(2 * 0xFFF, apart.longestMessage());
        DeclaredProtocol long64 = DeclaredProtocol.read("long64",
                "protocol long64\nover tcp 1\nheader = a:u64\nlength a times 8\n");
        assertTrue(messageLength(long64, "ffffffff ffffffff") < 0);
        assertTrue(messageLength(long64, "7fffffff ffffffff") < 0);
        assertEquals(Long.MAX_VALUE, long64.longestMessage());
        assertEquals(List.of("magic=51966", "flags.version=1"),
                counted.constants().stream().map(c -> c.member().name() + '=' + c.value()).toList());
        DeclaredProtocol less = DeclaredProtocol.read("less",
                "protocol less\nover tcp 1\nheader = a:u8\nlength a minus 1\n");
        assertTrue(messageLength(less, "00") < 0);

        DeclaredProtocol lines = DeclaredProtocol.read("lines", "protocol lines\nover tcp 1, 3\ndelimiter 0d0a\n");
        assertEquals(Framing.DELIMITER, lines.framing());
        assertArrayEquals(new byte[] {13, 10}, lines.delimiter());
        assertEquals(0, lines.headerLength());

        DeclaredProtocols protocols = new DeclaredProtocols(List.of(counted, lines,
                DeclaredProtocol.read("udp", "protocol udps\nover udp 2-4, 9, 9000\n")));
        assertEquals(List.of(-1, 1, -1, 1, -1),
                IntStream.range(0, 5).mapToObj(protocols::atTcpPort).toList());
        assertEquals(List.of(-1, 2, 2, 2, -1, -1, -1, -1, 2, -1),
                IntStream.range(1, 11).mapToObj(protocols::atUdpPort).toList());
        assertEquals(0, protocols.atTcpPort(9000));
        assertEquals(2, protocols.atUdpPort(9000));
    }

    @Test
    void shouldReadIntegersOfEitherOrder() {
        Layout layout = Layout.of("a:u16le; b:u24le; c:u32le; d:u64le; e:u16le{b16=high,b1=low}; n:u16le; t:text[n]");
        byte[] value = HexFormat.of().parseHex("0102" + "010203" + "01020304" + "0102030405060708" + "0180" + "0200"
                + "6869");
        StringBuilder found = new StringBuilder();
        try (Octets octets = Octets.of(value)) {
            LayoutReader reader = new LayoutReader();
            for (reader.over(layout.program(), octets, 0, value.length); reader.next();) {
                found.append(reader.member().name()).append('=').append(Long.toHexString(reader.number())).append(' ');
            }
        }
        assertEquals("a=201 b=30201 c=4030201 d=807060504030201 e=8001 e.high=1 e.low=1 n=2 t=6869 ",
                found.toString());
    }

    @Test
    void shouldRefuseWhatItDoesNotUnderstand() {
        assertRefused(1, 1, "'protocol'", "");
        assertRefused(1, 1, "'protocol'", "over udp 7\n");
        assertRefused(1, 10, "'over'", "protocol p\n");
        assertRefused(3, 10, "one declaration", HEAD + "protocol q\nover udp 8\n");
        assertRefused(4, 7, "neither header nor message", HEAD + "header = a:u8\nindex b\n");
        assertRefused(4, 7, "are indexed", HEAD + "header = a:mac\nindex a\n");
        assertRefused(4, 9, "both have a field p.a", HEAD + "header = a:u8\nmessage = a:u8\n");
        assertRefused(3, 8, "begins with 'p.'", HEAD + "header = a:u8 -> a=e212.imsi\n");
        assertRefused(3, 9, "two types", HEAD + "message = a:u8; b:ip4 -> a=p.x b=p.x\n");
        assertRefused(3, 8, "no 'enum'", HEAD + "header = a:u8 -> a=:p.kinds\n");
        assertRefused(3, 6, "begins with 'p.'", HEAD + "enum kinds\n");
        assertRefused(5, 9, "lower end", HEAD + "header = a:u8\nenum p.a\n    2-1 low\n");
        assertRefused(2, 6, "'udp' or 'tcp'", "protocol p\nover sctp 7\n");
        assertRefused(2, 6, "how does a message over TCP end", "protocol p\nover tcp 7\n");
        assertRefused(2, 10, "lower end", "protocol p\nover udp 7-6\n");
        assertRefused(4, 10, "not divided", "protocol p\nover tcp 7\nheader = a:u8\nidentity a\nlength a\n");
        assertRefused(3, 11, "up to 64 octets", "protocol p\nover tcp 7\ndelimiter 0d0\n");
        assertRefused(5, 11, "not both", "protocol p\nover tcp 7\nheader = a:u8\nlength a\ndelimiter 00\n");
        assertRefused(4, 8, "as long as its datagram", HEAD + "header = a:u8\nlength a\n");
        assertRefused(4, 14, "a number that 'a' holds", HEAD + "header = a:u8\nconstant a = 256\n");
        assertRefused(5, 16, "one octet or more", HEAD + "header = a:u8\nmore a\noffset a times 0\n");
        assertRefused(2, 10, "port", "protocol p\nover udp 65536\n");
        assertRefused(3, 1, "twice", HEAD + "over udp 8\n");
        assertRefused(3, 1, "'over'", HEAD + "under udp 8\n");
        assertRefused(3, 8, "fixed size", HEAD + "header = a:u8; b:text[a]\n");
        assertRefused(3, 8, "fixed size", HEAD + "header = a:u8; b:u8 if a\n");
        assertRefused(4, 10, "no member", HEAD + "header = a:u8\nidentity b\n");
        assertRefused(4, 8, "no integer", HEAD + "header = a:mac\nnumber a\nlast a\n");
        assertRefused(4, 10, "differs from header to header",
                HEAD + "header = a:bytes[4]{n:u8; b:bytes[n]; c:u8}\nidentity a.c\n");
        assertRefused(4, 8, "how does a message end", HEAD + "header = a:u8\nnumber a\n");
        assertRefused(4, 7, "none is said", HEAD + "header = a:u8\ncount a\n");
        assertRefused(5, 7, "goes with 'number'", HEAD + "header = a:u8\noffset a\ncount a\n");
        assertRefused(5, 7, "goes with 'number'", HEAD + "header = a:u8\nfirst a\ncount a\n");
        assertRefused(5, 7, "which piece is the first", HEAD + "header = a:u8\noffset a\nfirst a\nlast a\n");
        assertRefused(6, 6, "already", HEAD + "header = a:u8\nnumber a\nlast a\nmore a\n".replace("more", "size"));
        assertRefused(5, 8, "not both", HEAD + "header = a:u8\nnumber a\noffset a\nlast a\n");
        assertRefused(4, 10, "the end of the statement", HEAD + "header = a:u8\nnumber a by 7\nlast a\n");
    }

    private static void assertRefused(int line, int column, String why, String text) {
        DictionaryException refused =
                assertThrows(DictionaryException.class, () -> DeclaredProtocol.read("d", text), text);
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(line + ":" + column, refused.line() + ":" + refused.column(), refused.getMessage());
    }
}

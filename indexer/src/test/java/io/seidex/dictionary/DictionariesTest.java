package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DictionariesTest {
    private static final Dictionaries BUILT_IN = Dictionaries.builtIn();

    @Test
    void shouldExtendTheProtocolThatAFileNames() {
        Dictionaries extended = BUILT_IN.extendedBy("v.ies", "# ours\n\nprotocol gtpv2\nie 250 Ours\n");
        assertEquals("Ours", extended.gtpv2().element(0, 250).name());
        assertSame(BUILT_IN.pfcp(), extended.pfcp());
        assertSame(BUILT_IN.gtpv1(), extended.gtpv1());
    }

    @Test
    void shouldExtendBothPlanesOfGtp() {
        Dictionaries extended = BUILT_IN.extendedBy("v.ies", "protocol gtp\nie 240 Ours\nheader 0x77 Ours\n");
        assertEquals("Ours", extended.gtpv1().element(0, 240).name());
        assertEquals("Ours", extended.gtpu().element(0, 240).name());
        assertEquals("Ours", extended.gtpu().header(0x77, 0).name());
        assertNull(BUILT_IN.gtpu().header(0x77, 0));
    }

    @Test
    void shouldLetTheLastFileSayWhatSeveralDescribe(@TempDir Path directory) throws IOException {
        Path first = Files.writeString(directory.resolve("a.ies"), "protocol pfcp\nie 7:40000 A\nie 7:40001 B\n");
        Path second = Files.writeString(directory.resolve("b.ies"), "protocol pfcp\nie 7:40000 C\n");
        Dictionary pfcp = BUILT_IN.extendedBy(DictionaryFile.read(List.of(first, second))).pfcp();
        assertEquals("C", pfcp.element(7, 40000).name());
        assertEquals("B", pfcp.element(7, 40001).name());
    }

    @Test
    void shouldRefuseAProtocolThatNobodyKnows() {
        assertEquals("v.ies:2:10: expected pfcp, gtpv2, gtp or gtpprime, found 'diameter'; 'over' would say"
                + " where a protocol of your own is found",
                refusal("# ours\nprotocol diameter\n"));
        assertEquals("v.ies:1:1: expected 'protocol' and its name, found 'ie'", refusal("ie 1 A\n"));
        assertEquals("v.ies:1:1: expected 'protocol' and its name, found the end of the statement", refusal(""));
    }

    @Test
    void shouldTakeProtocolsBesideVendorsLines() {
        Dictionaries extended = BUILT_IN.extendedBy("v.ies", """
                protocol pfcp
                ie 7:40000 A

                protocol blocks
                over udp 5000
                header = kind:u8 -> kind=:blocks.kinds
                enum blocks.kinds
                    1 request
                    2-3 answer

                # and another
                protocol gtpv2
                ie 250 Ours

                protocol lines
                over tcp 5000
                delimiter 0a
                """);
        assertEquals("A", extended.pfcp().element(7, 40000).name());
        assertEquals("Ours", extended.gtpv2().element(0, 250).name());
        assertEquals("[udp_div, blocks, lines]", extended.declared().all().toString());
        assertEquals(1, extended.declared().atUdpPort(5000));
        assertEquals(2, extended.declared().atTcpPort(5000));
        assertEquals("answer", extended.declared().labels("blocks.kinds").of(3));

        Dictionaries again = extended.extendedBy("w.ies", "protocol udp_div\nover udp 7-9\n");
        assertEquals("[udp_div, blocks, lines]", again.declared().all().toString());
        assertEquals(-1, again.declared().atUdpPort(4352));
        assertEquals(0, again.declared().atUdpPort(8));
    }

    @Test
    void shouldRefuseProtocolsThatClash() {
        assertEquals("v.ies:2:10: UDP port 4352 is that of udp_div already",
                refusal("protocol p\nover udp 4352\n"));
        assertEquals("v.ies:2:13: UDP port 2152 is that of gtp already",
                refusal("protocol p\nover udp 7, 2130-2160\n"));
        assertEquals("v.ies:2:13: UDP port 7 is that of p already", refusal("protocol p\nover udp 7, 7\n"));
        assertEquals("v.ies:4:10: UDP port 8 is that of p already",
                refusal("protocol p\nover udp 7-9\nprotocol q\nover udp 8\n"));
        assertEquals("v.ies:3:10: a protocol called 'P' is declared already",
                refusal("protocol p\nover udp 7\nprotocol P\nover udp 8\n"));
        assertEquals("v.ies:1:10: 'GTP' is known already: fields or filters use the name",
                refusal("protocol GTP\nover udp 7\n"));
        assertEquals("v.ies:1:10: the name of a protocol begins with a letter", refusal("protocol 5g\nover udp 7\n"));
        assertEquals(
                "v.ies:2:1: expected 'protocol', 'message', 'ie', 'header', 'part', 'in', 'enum', 'scale' or 'flags',"
                        + " found 'index'",
                refusal("protocol pfcp\nindex none\n"));
    }

    @Test
    void shouldRefuseRolesOfWhatNobodyDescribes() {
        assertEquals("v.ies:3:3: element 9999 is described nowhere: 'ie 9999 NAME' would do so",
                refusal("protocol pfcp\nin message 50\n  9999 M Quota\n"));
        assertEquals("v.ies:3:3: element 10415:40000 is described nowhere: 'ie 10415:40000 NAME' would do so",
                refusal("protocol pfcp\nin ie 1 message 50\n  10415:40000 O Quota\n"));
        assertEquals("v.ies:2:4: message 249 is described nowhere: 'message 249 NAME' would do so",
                refusal("protocol pfcp\nin message 249  \n  60 M Node ID\n"));
        assertEquals("v.ies:2:4: element 9999 is described nowhere: 'ie 9999 NAME' would do so",
                refusal("protocol pfcp\nin ie 9999\n  60 M Node ID\n"));
        // Elements of one file, messages of another, of any plane of GTP.
        Dictionaries.builtIn().extendedBy(List.of(
                new DictionaryFile("a", "protocol pfcp\nin message 249\n  9999 M Quota\n"),
                new DictionaryFile("b", "protocol pfcp\nie 9999 Quota\nmessage 249 Quota Request\n")));
        Dictionaries.builtIn().extendedBy("v", "protocol gtp\nin message 16\n  131 O APN\n");
    }

    @Test
    void shouldRefuseFlagsGroupsAndAnswersOfWhatNobodyDescribes() {
        assertEquals("v.ies:2:7: element 64999:40000 is described nowhere: 'ie 64999:40000 NAME' would do so",
                refusal("protocol pfcp\nflags 64999:40000\n  X meaning\n"));
        assertEquals("v.ies:2:4: element 19 is no group: 'ie 19 NAME = group' would make it one",
                refusal("protocol pfcp\nin ie 19\n  21 O F-TEID\n"));
        assertEquals("v.ies:2:32: message 248 is described nowhere: 'message 248 NAME' would do so",
                refusal("protocol pfcp\nmessage 249 Quota Response <   248\n"));
        // One file refers to what another describes, or to what only one plane of GTP has.
        BUILT_IN.extendedBy(List.of(
                new DictionaryFile("a", "protocol pfcp\nflags 9999\n  X meaning\nin ie 9998\n  9999 O Quota\n"
                        + "message 249 Quota Response < 248\n"),
                new DictionaryFile("b", "protocol pfcp\nie 9999 Quota = a:u8{b1=X}\nie 9998 Quotas = group\n"
                        + "message 248 Quota Request\n")));
        BUILT_IN.extendedBy("v",
                "protocol gtp\nflags 148\n  PPC Prohibit\nmessage 249 Ours < 16\nmessage 250 X < any\n");
    }

    @Test
    void shouldTakeTheLengthOfAnElementOfGtpFromItsLayout() {
        String text = "protocol gtp\nie 60 Foo = a:u8; b:bytes[2]{part Ours}\npart Ours = c:u16\n";
        assertEquals(3, BUILT_IN.extendedBy("v.ies", text).gtpv1().element(0, 60).fixedLength());
        assertEquals(3, BUILT_IN.extendedBy("v.ies", text).gtpv0().element(0, 60).fixedLength());
        assertEquals("[a, b, b.c]",
                BUILT_IN.extendedBy("v.ies", text).gtpu().element(0, 60).layout().members().toString());
        assertEquals(2, BUILT_IN.extendedBy("v.ies", "protocol gtpprime\nie 60 Foo = a:u16\n").gtpPrime()
                .element(0, 60).fixedLength());
        // From 128 on, elements carry their length.
        assertEquals(-1, BUILT_IN.extendedBy("v.ies", "protocol gtp\nie 240 Foo = a:u8\n").gtpv1()
                .element(0, 240).fixedLength());
        for (String description : List.of("Foo", "Foo = a:u8?", "Foo = a:text[rest]", "Foo length u8 = a:u8")) {
            assertEquals("v.ies:2:4: an element below type 128 carries no length (TS 29.060 7.7): 'ie 60 NAME fixed N'"
                    + " says how many octets its value has",
                    refusal("protocol gtp\nie 60 " + description + "\n"));
        }
    }

    @Test
    void shouldRefuseVendorsTypesWithoutTheirEnterprise() {
        assertEquals("v.ies:2:4: a type with the highest bit set is a vendor's (TS 29.244 8.1.1):"
                + " 'ie ENTERPRISE:40000 NAME' says which",
                refusal("protocol pfcp\nie 40000 Foo = a:u8\n"));
        assertEquals("v.ies:2:4: a vendor's type has the highest bit set (TS 29.244 8.1.1): 1 is 32769 in the message",
                refusal("protocol pfcp\nie 64999:1 Foo = a:u8\n"));
        // Some write 0 into their messages.
        assertEquals("Foo", BUILT_IN.extendedBy("v.ies", "protocol pfcp\nie 0:40000 Foo = a:u8\n").pfcp()
                .element(0, 40000).name());
    }

    @Test
    void shouldRefuseNamesOfHeadersFields() {
        for (String name : List.of("udp.port", "ip.src", "ip.addr", "ipv6.host", "udp.quota", "frame.number",
                "pfcp.seqno", "fault.kind")) {
            assertEquals("v.ies:2:26: 'a' cannot be " + name
                    + ": headers have names of this kind; call it otherwise, such as 'acme.quota'",
                    refusal("protocol pfcp\nie 9999 Quota = a:u16 -> a=" + name + "\n"));
        }
        Dictionaries.builtIn().extendedBy("v", "protocol pfcp\nie 9999 Quota = a:u64; b:u8 -> a=pfcp.seid b=acme.ip\n");
    }

    @Test
    void shouldRefuseFilesThatAreNoText(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("v.ies"), new byte[] {'p', (byte) 0xFF});
        String refusal = assertThrows(DictionaryException.class, () -> DictionaryFile.read(file)).getMessage();
        assertEquals(file + ":1:1: the file is not text in UTF-8", refusal);
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(1 << 30).write(ByteBuffer.wrap(new byte[1]));
        }
        refusal = assertThrows(DictionaryException.class, () -> DictionaryFile.read(file)).getMessage();
        assertEquals(file + ":1:1: the file is too large for a dictionary", refusal);
    }

    @Test
    void shouldFindTheFirstLineThatDiffers() {
        DictionaryFile file = new DictionaryFile("a", "one\ntwo\n");
        assertEquals(0, file.firstDifference(new DictionaryFile("b", "one\r\ntwo")));
        assertEquals(2, file.firstDifference(new DictionaryFile("b", "one\n")));
        assertEquals(1, file.firstDifference(new DictionaryFile("b", "two\none\n")));
        assertEquals(3, file.firstDifference(new DictionaryFile("b", "one\ntwo\nthree\n")));
    }

    private static String refusal(String text) {
        return assertThrows(DictionaryException.class, () -> BUILT_IN.extendedBy("v.ies", text)).getMessage();
    }
}

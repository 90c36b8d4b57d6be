package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Expected texts are what tshark 4.0.17 prints. */
class ValueFormatTest {
    private static final int ROOM = 400;

    @Test
    void shouldPrintNumbersAsTheirFieldSays() {
        assertEquals("0x0000000000000001", number(PacketSchema.PFCP_SEID, 1));
        assertEquals("0xffffffffffffffff", number(PacketSchema.PFCP_SEID, -1));
        assertEquals("0x0000002a", number(PacketSchema.GTP_TEID, 42));
        assertEquals("0x000005", number(PacketSchema.GTPV2_SEQ, 5));
        assertEquals("0x0007", number(PacketSchema.GTP_SEQ, 7));
        assertEquals("0xff", number(PacketSchema.GTP_MESSAGE, 255));
        assertEquals("16777215", number(PacketSchema.PFCP_SEQNO, 16_777_215));
        assertEquals("0", number(PacketSchema.PFCP_MSG_TYPE, 0));
        assertEquals("18446744073709551615", number(PacketSchema.FRAME_NUMBER, -1));
    }

    @Test
    void shouldPrintTimesAsSecondsWithNineDecimals() {
        assertEquals("1700000000.010000000", number(PacketSchema.FRAME_TIME, 1_700_000_000_010_000_000L));
        assertEquals("0.000000001", number(PacketSchema.FRAME_TIME, 1));
        assertEquals("-1.500000000", number(PacketSchema.FRAME_TIME, -1_500_000_000L));
    }

    @Test
    void shouldPrintDates() {
        assertEquals("Sep  4, 2023 07:04:32.000000000 UTC",
                number(PacketSchema.PFCP_RECOVERY_TIME_STAMP, 1_693_811_072L));
        assertEquals("Feb 26, 2104 09:42:23.000000000 UTC",
                number(PacketSchema.PFCP_RECOVERY_TIME_STAMP, 4_233_462_143L));
        assertEquals("Jan 20, 1968 03:14:08.000000000 UTC",
                number(PacketSchema.PFCP_RECOVERY_TIME_STAMP, 4_233_462_144L));
        assertEquals("Dec 31, 1969 23:59:59.000000000 UTC",
                number(PacketSchema.PFCP_RECOVERY_TIME_STAMP, 0xFFFF_FFFFL));
        assertEquals("NULL", number(PacketSchema.PFCP_RECOVERY_TIME_STAMP, 0));
    }

    @Test
    void shouldPrintAddresses() {
        assertEquals("0.0.0.0", octets(PacketSchema.IP_SRC, "00000000"));
        assertEquals("255.10.9.100", octets(PacketSchema.IP_SRC, "ff0a0964"));
        String[][] addresses = {
            {"::", "::"},
            {"::1", "::1"},
            {"::1:2", "::0.1.0.2"},
            {"::1:0", "::0.1.0.0"},
            {"::ffff:0:1:2", "::ffff:0:1:2"},
            {"1::", "1::"},
            {"1:0:0:2::3", "1:0:0:2::3"},
            {"1:0:0:2:0:0:3:4", "1::2:0:0:3:4"},
            {"1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"},
            {"0:1::", "0:1::"},
            {"64:ff9b::102:304", "64:ff9b::102:304"},
            {"ABCD:EF01::", "abcd:ef01::"},
            {"0:0:1:2:3:4:5:6", "::1:2:3:4:5:6"},
            {"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
            {"1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"},
        };
        for (String[] address : addresses) {
            assertEquals(address[1], octets(PacketSchema.IPV6_SRC, Bytes.hex(Bytes.address(address[0]))));
        }
        assertEquals("::ffff:1.2.3.4", octets(PacketSchema.IPV6_SRC, "00000000000000000000ffff01020304"));
    }

    @Test
    void shouldEscapeTextsAsTsharkDoes() {
        assertEquals("a\\tb\\nc\\rd\\be\\ff", text(PacketSchema.NAI, "a\tb\nc\rd\be\ff"));
        assertEquals("a\\b,\"\u0001\u007f", text(PacketSchema.NAI, "a\\b,\"\u0001\u007f"));
        assertEquals("a\uFFFD\uFFFDb", text(PacketSchema.NAI, "aéb"));
        assertEquals("internet", octets(PacketSchema.PFCP_APN_DNN, "696e7465726e6574"));
    }

    @Test
    void shouldPrintCommunityIdsAndEndpoints() {
        byte[] id = Bytes.hex("2d053da9994af81e45dca0e67afea6e4f3226eb8");
        byte[] target = new byte[ROOM];
        int end = ValueFormat.text(PacketSchema.COMMUNITY_ID, id, id.length, target, 0);
        assertEquals("1:" + java.util.Base64.getEncoder().encodeToString(id), string(target, end));
        end = ValueFormat.endpoint(PacketSchema.SEID_ENDPOINT, 0, 0xFFFF_0A00_0001L, 0x11, target, 0);
        assertEquals("10.0.0.1,0x0000000000000011", string(target, end));
        end = ValueFormat.endpoint(PacketSchema.TEID_ENDPOINT, 0x20010db8L << 32, 1, 0x11, target, 0);
        assertEquals("2001:db8::1,0x00000011", string(target, end));
    }

    private static String number(IndexField field, long value) {
        byte[] target = new byte[ROOM];
        return string(target, ValueFormat.number(field, value, target, 0));
    }

    private static String text(IndexField field, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] target = new byte[ROOM];
        return string(target, ValueFormat.text(field, utf8, utf8.length, target, 0));
    }

    private static String octets(IndexField field, String hex) {
        byte[] content = Bytes.hex(hex);
        byte[] target = new byte[ROOM];
        try (Octets octets = Octets.of(content)) {
            return string(target, ValueFormat.octets(field, octets, 0, content.length, target, 0));
        }
    }

    private static String string(byte[] target, int end) {
        return new String(target, 0, end, StandardCharsets.UTF_8);
    }
}

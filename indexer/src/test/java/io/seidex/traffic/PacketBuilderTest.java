package io.seidex.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PacketBuilderTest {
    @Test
    void shouldWriteLengthsAndChecksumsOfEveryLayer() {
        byte[] packet = new PacketBuilder()
                .ethernet()
                .vlan(100)
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(8805, 8805)
                .pfcp(52, 0x14000000000001L, 7)
                .group(PfcpIes.UPDATE_FAR)
                .u32Ie(108, 1)
                .end()
                .toBytes();
        assertEquals(
                "020000000002020000000001" + "81000064" + "0800"
                        + "45000038000040004011b6b1c0000201c0000202"
                        + "2265226500240df4"
                        + "2134001800140000000000010000070" + "0"
                        + "000a0008" + "006c000400000001",
                Bytes.hex(packet));
    }

    @Test
    void shouldMarkAMessageThatAnotherFollows() {
        byte[] packet = new PacketBuilder().pfcp(52, 1, 7).u8Ie(49, 1).pfcp(54, 2, 8).toBytes();
        assertEquals(
                "25340011" + "0000000000000001" + "00000700" + "0031000101"
                        + "2136000c" + "0000000000000002" + "00000800",
                Bytes.hex(packet));
        packet = new PacketBuilder().gtpv2(33, 1, 7).gtpv2(95, 2, 8).toBytes();
        assertEquals("58210008000000010000070048" + "5f0008000000020000" + "0800", Bytes.hex(packet));
    }

    @Test
    void shouldWriteLabelsAndDigits() {
        assertEquals("08696e7465726e6574066d6e63303031", Bytes.hex(Bytes.labels("internet.mnc001")));
        assertEquals("00010100f0", Bytes.hex(Bytes.tbcd("001010000")));
    }
}

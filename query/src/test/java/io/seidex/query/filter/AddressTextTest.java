package io.seidex.query.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({"::, 00000000000000000000000000000000", "::1, 00000000000000000000000000000001",
        "1::, 00010000000000000000000000000000", "fe80::1:2, fe800000000000000000000000010002",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008", "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "::ffff:1.2.3.4, 00000000000000000000ffff01020304", "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
        "2001:DB8::A, 20010db800000000000000000000000a"})
    void shouldReadIpv6(String text, String octets) {
        assertEquals(octets, HexFormat.of().formatHex(AddressText.ipv6(text).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":::", "1", "1:2", "1::2::3", ":1", "1:", "1:2:3:4:5:6:7:8:9", "12345::", "g::",
        "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.4:5", "::1.2.3.256", "1:2:3:4:5:6:7:8::", "1.2.3.4", "::%eth0"})
    void shouldRefuseOtherIpv6(String text) {
        assertTrue(AddressText.ipv6(text).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.5", "1.2.3.256", "1..2.3", "1.2.3.4 ",
        "0x1.2.3.4",
        "1.2.3.0004", "::1"})
    void shouldRefuseOtherIpv4(String text) {
        assertTrue(AddressText.ipv4(text).isEmpty());
    }

    @Test
    void shouldReadWhatJavaPrints() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] octets = new byte[16];
            random.nextBytes(octets);
            String text = Inet6Address.getByAddress(null, octets, -1).getHostAddress();
            assertArrayEquals(octets, AddressText.ipv6(text).orElseThrow(), () -> text + " -Dseed=" + seed);
        }
    }
}

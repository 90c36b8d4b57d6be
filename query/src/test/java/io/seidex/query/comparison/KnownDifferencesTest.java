package io.seidex.query.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.comparison.KnownDifferences.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownDifferencesTest {
    private static final Map<String, String> THEIRS =
            Map.of("frame.number", "6", "tcp.flags.reset", "1", "e212.imsi", "310150123456789", "frame.time_epoch",
                    "17.1011041000");
    private static final Map<String, String> OURS = Map.of("frame.time_epoch", "18.011041000");
    private static final Place HERE = new Place("a/b.pcap", Set.of("ip", "udp", "dns"), Set.of("dns"), false, true,
            false, field -> THEIRS.getOrDefault(field, ""), field -> OURS.getOrDefault(field, ""));

    private static boolean allows(String line, String field, String theirs, String ours) {
        return KnownDifferences.of(line).allowing(field, HERE, values(theirs), values(ours)) != null;
    }

    private static boolean compares(String how, String theirs, String ours) {
        return allows("* | everywhere, as in x | " + how + " | x", "f", theirs, ours);
    }

    private static List<String> values(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    @Test
    void shouldAllowWhatALineSaysAndNothingElse() {
        assertTrue(allows("ip.* | capture a/*.pcap | like . | x", "ip.src", "1", "2"));
        assertFalse(allows("ip.* | capture b/*.pcap | like . | x", "ip.src", "1", "2"));
        assertFalse(allows("ip.* | capture a/*.pcap | like . | x", "ipv6.src", "1", "2"));
        assertTrue(allows("* | protocol tcp udp, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | protocol tcp, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertTrue(allows("* | behind dns, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | behind udp, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertTrue(allows("* | beyond, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertTrue(allows("* | where tcp.flags.reset [1-3], as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | where tcp.flags.reset [2-3], as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | reassembled, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertTrue(allows("* | damaged, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | refused, as in a/b.pcap | like . | x", "ipv6.src", "1", "2"));
    }

    @Test
    void shouldAllowOfACaptureTheFramesThatALineNames() {
        assertTrue(allows("* | capture c.pcap a/b.pcap:3,5-7 | nothing | x", "f", "", "1"));
        assertTrue(allows("* | capture a/*:6 | nothing | x", "f", "", "1"));
        assertFalse(allows("* | capture a/b.pcap:3-5,7 c.pcap:6 | nothing | x", "f", "", "1"));
        KnownDifferences known = KnownDifferences.of("* | capture a/b.pcap:3,5-7 | nothing | x");
        assertTrue(known.names("a/b.pcap"));
        assertFalse(known.names("a/c.pcap"));
    }

    @Test
    void shouldCompareInOrder() {
        assertTrue(compares("ours among others", "1,2,3", "1,3"));
        assertTrue(compares("ours among others", "1", ""));
        assertFalse(compares("ours among others", "1,2,3", "3,1"));
        assertFalse(compares("ours among others", "1", "1,2"));
        assertTrue(compares("some of ours", "2", "1,2"));
        assertTrue(compares("ours and further", "1,2,3", "1,2"));
        assertFalse(compares("ours and further", "1,2,3", "2,3"));
        assertTrue(compares("the first of ours", "1,2", "1,2,3"));
        assertFalse(compares("the first of ours", "1,3", "1,2,3"));
        assertTrue(compares("longer", "12,3", "1,3"));
        assertFalse(compares("longer", "12,3", "1"));
        assertTrue(compares("nothing", "", "1"));
        assertFalse(compares("nothing", "1", "2"));
        assertTrue(compares("only ^unknown$", "unknown", ""));
        assertFalse(compares("only ^unknown$", "unknown", "eth0"));
        assertTrue(compares("like ^[0-9]$", "1,2", "1"));
        assertFalse(compares("like ^[0-9]$", "1,23", "1"));
    }

    @Test
    void shouldCompareByRules() {
        assertTrue(compares("within", "bc", "abcd"));
        assertFalse(compares("within", "bc,e", "abcd"));
        assertTrue(compares("less", "9", "10"));
        assertFalse(compares("less", "11", "10"));
        assertTrue(compares("under 0x3f", "0x77,0x01", "0x37,0x01"));
        assertFalse(compares("under 0x3f", "0x77", "0x38"));
        assertTrue(compares("printable", "ab", "ab,a\u0001"));
        assertFalse(compares("printable", "", "ab,a\u0001"));
        assertTrue(compares("text", "ab", "6162"));
        assertTrue(compares("text", "\ufffd\ufffd", "dead"));
        assertFalse(compares("text", "ab", "6161"));
        assertTrue(compares("carried", "17.1011041000", "18.011041000"));
        assertTrue(compares("and of IMSIs country", "1,310", "1"));
        assertFalse(compares("and of IMSIs country", "1,311", "1"));
        assertTrue(compares("and of IMSIs network", "15", ""));
        assertTrue(compares("and of IMSIs network", "150", ""));
        assertFalse(compares("and of IMSIs network", "50", ""));
        assertTrue(compares("on to another protocol", "ip:udp:dns", "ip:udp"));
        assertTrue(compares("on to another protocol", "ip:udp:data", "ip:udp"));
        assertFalse(compares("on to another protocol", "ip:udp:gtp", "ip:udp"));
        assertFalse(compares("on to another protocol", "ip:tcp", "ip:udp"));
    }

    @Test
    void shouldTellWhatNothingNeeds() {
        KnownDifferences known =
                KnownDifferences.of("f | capture a/b.pcap | like . | x\ng | capture a/b.pcap | within | x");
        assertTrue(known.names("a/b.pcap"));
        assertFalse(known.allowing("f", HERE, List.of("1"), List.of("2")).isRule());
        assertEquals("known-differences.txt line 2: g", known.idle().getFirst().toString());
        assertEquals(1, known.idle().size());
        assertEquals(1, known.size(true));
    }

    @Test
    void shouldRefuseALineWithoutAReasonOrACapture() {
        assertThrows(IllegalArgumentException.class, () -> KnownDifferences.of("f | everywhere, as in x | within | "));
        assertThrows(IllegalArgumentException.class, () -> KnownDifferences.of("f | everywhere | within | x"));
        assertThrows(IllegalArgumentException.class, () -> KnownDifferences.of("f | everywhere, as in x | so | x"));
    }
}

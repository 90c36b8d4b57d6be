package io.seidex.query.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.comparison.KnownDifferences.Place;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownDifferencesTest {
    private static final Place HERE = new Place("a/b.pcap", Set.of("ip", "udp"), false, true, false, false);

    private static boolean allows(String line, String field, String theirs, String ours) {
        return KnownDifferences.of(line).allow(field, HERE, theirs, ours, ",");
    }

    @Test
    void shouldAllowWhatALineSaysAndNothingElse() {
        assertTrue(allows("ip.* | capture a/*.pcap | other | x", "ip.src", "1", "2"));
        assertFalse(allows("ip.* | capture b/*.pcap | other | x", "ip.src", "1", "2"));
        assertFalse(allows("ip.* | capture a/*.pcap | other | x", "ipv6.src", "1", "2"));
        assertTrue(allows("* | protocol tcp udp, as in a/b.pcap | other | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | protocol tcp, as in a/b.pcap | other | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | reassembled, as in a/b.pcap | other | x", "ipv6.src", "1", "2"));
        assertTrue(allows("* | damaged, as in a/b.pcap | other | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | beyond, as in a/b.pcap | other | x", "ipv6.src", "1", "2"));
        assertFalse(allows("* | refused, as in a/b.pcap | other | x", "ipv6.src", "1", "2"));
    }

    @Test
    void shouldCompareInOrder() {
        assertTrue(allows("* | everywhere, as in x | tshark more | x", "f", "1,2,3", "1,3"));
        assertTrue(allows("* | everywhere, as in x | tshark more | x", "f", "1", ""));
        assertFalse(allows("* | everywhere, as in x | tshark more | x", "f", "1,2,3", "3,1"));
        assertFalse(allows("* | everywhere, as in x | tshark more | x", "f", "1", "1,2"));
        assertTrue(allows("* | everywhere, as in x | tshark fewer | x", "f", "1", "1,2"));
        assertTrue(allows("* | everywhere, as in x | tshark longer | x", "f", "12,3", "1,3"));
        assertFalse(allows("* | everywhere, as in x | tshark longer | x", "f", "12,3", "1"));
        assertTrue(allows("* | everywhere, as in x | other, like ^1,[0-9]$ | x", "f", "1,2", "1"));
        assertFalse(allows("* | everywhere, as in x | other, like ^1,[0-9]$ | x", "f", "1,23", "1"));
    }

    @Test
    void shouldTellWhatNothingNeeds() {
        KnownDifferences known =
                KnownDifferences.of("f | capture a/b.pcap | other | x\ng | capture a/b.pcap | other | x");
        assertTrue(known.names("a/b.pcap"));
        known.allow("f", HERE, "1", "2", ",");
        assertEquals("known-differences.txt line 2: g", known.idle().getFirst().toString());
        assertEquals(1, known.idle().size());
    }

    @Test
    void shouldRefuseALineWithoutAReasonOrACapture() {
        assertThrows(IllegalArgumentException.class, () -> KnownDifferences.of("f | everywhere, as in x | other | "));
        assertThrows(IllegalArgumentException.class, () -> KnownDifferences.of("f | everywhere | other | x"));
        assertThrows(IllegalArgumentException.class, () -> KnownDifferences.of("f | everywhere, as in x | so | x"));
    }
}

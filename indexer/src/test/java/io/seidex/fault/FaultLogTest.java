package io.seidex.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultLogTest {
    @Test
    void shouldCountAndKeepTheFirstPlace() {
        FaultLog log = new FaultLog();
        assertTrue(log.isEmpty());
        log.report(Layer.PFCP, Fault.IE_OVERRUN, 7, 700);
        log.report(Layer.PFCP, Fault.IE_OVERRUN, 8, 800);
        log.report(Layer.GTP, Fault.IE_OVERRUN, 9, 900);
        assertFalse(log.isEmpty());
        assertEquals(2, log.count(Layer.PFCP, Fault.IE_OVERRUN));
        assertEquals(7, log.firstFrame(Layer.PFCP, Fault.IE_OVERRUN));
        assertEquals(700, log.firstAt(Layer.PFCP, Fault.IE_OVERRUN));
        assertEquals(1, log.count(Layer.GTP, Fault.IE_OVERRUN));
        assertEquals(0, log.count(Layer.PFCP, Fault.IE_MALFORMED));
        log.clear();
        assertTrue(log.isEmpty());
    }

    @Test
    void shouldJoinPartsInAnyOrder() {
        FaultLog early = new FaultLog();
        early.report(Layer.UDP, Fault.HEADER_TRUNCATED, 1, 100);
        FaultLog late = new FaultLog();
        late.report(Layer.UDP, Fault.HEADER_TRUNCATED, 5, 500);
        late.report(Layer.IP, Fault.TOO_DEEP, 6, 600);
        for (int order = 0; order < 2; order++) {
            FaultLog both = new FaultLog();
            both.add(order == 0 ? early : late);
            both.add(order == 0 ? late : early);
            assertEquals(2, both.count(Layer.UDP, Fault.HEADER_TRUNCATED));
            assertEquals(1, both.firstFrame(Layer.UDP, Fault.HEADER_TRUNCATED));
            assertEquals(100, both.firstAt(Layer.UDP, Fault.HEADER_TRUNCATED));
            assertEquals(600, both.firstAt(Layer.IP, Fault.TOO_DEEP));
        }
    }

    @Test
    void shouldTellEveryPairApart() {
        FaultLog log = new FaultLog();
        Set<String> labels = new HashSet<>();
        for (int layer = 0; layer < Layer.count(); layer++) {
            assertTrue(labels.add(Layer.of(layer).label()));
            for (int fault = 0; fault < Fault.count(); fault++) {
                log.report(Layer.of(layer), Fault.of(fault), layer, fault);
            }
        }
        for (Layer layer : Layer.values()) {
            assertSame(layer, Layer.of(layer.ordinal()));
            for (Fault fault : Fault.values()) {
                assertSame(fault, Fault.of(fault.ordinal()));
                assertEquals(1, log.count(layer, fault));
                assertEquals(layer.ordinal(), log.firstFrame(layer, fault));
                assertEquals(fault.ordinal(), log.firstAt(layer, fault));
            }
        }
        assertFalse(Fault.NONE.stops());
    }
}

package io.seidex.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultTest {
    /** Terms and filters know a fault by its name alone. */
    @Test
    void shouldHaveANameOfItsOwn() {
        Map<String, Fault> named = new HashMap<>();
        for (int i = 0; i < Fault.count(); i++) {
            Fault fault = Fault.of(i);
            named.putIfAbsent(fault.label(), fault);
            assertEquals(fault, named.get(fault.label()), fault.label());
        }
    }
}

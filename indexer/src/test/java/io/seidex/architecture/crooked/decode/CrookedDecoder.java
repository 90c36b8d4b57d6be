package io.seidex.architecture.crooked.decode;

import io.seidex.architecture.crooked.fault.CrookedFault;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Does what the hot path must not. Its import from the left is right. */
public final class CrookedDecoder {
    private final Map<Long, CrookedFault> faults = new HashMap<>();

    boolean decode(long seid) {
        faults.put(seid, new CrookedFault());
        return Pattern.matches("[0-9]+", String.format("%d", seid));
    }
}

package io.seidex.architecture.crooked.octets;

import io.seidex.architecture.crooked.decode.CrookedDecoder;

/** Imports from its right, as an array, which is the easiest to overlook. */
public final class Crooked {
    private final CrookedDecoder[][] decoders = {};

    int count() {
        return decoders.length;
    }
}

package io.seidex.store;

/** The program that writes manifests. */
public final class Program {
    /** Its version. */
    public static final String VERSION = "0.1.0";

    private Program() {}
}

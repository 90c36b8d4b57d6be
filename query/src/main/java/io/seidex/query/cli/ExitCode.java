package io.seidex.query.cli;

/** What the program answers to whoever started it. */
final class ExitCode {
    /** Done; also when nothing matched. */
    static final int DONE = 0;
    /** The machine or the program failed. */
    static final int FAILED = 1;
    /** The command line or the filter is wrong, or there is no index that this program can read. */
    static final int USAGE = 2;
    /** Done, but some input was damaged or is gone. */
    static final int DAMAGED = 3;

    private ExitCode() {}
}

package io.seidex.query.cli;

import io.seidex.store.OneLine;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where the program's words go.
 *
 * @param out data, as octets
 * @param err one line for whatever is to be said
 */
record Terminal(OutputStream out, PrintStream err) {
    void say(String line) {
        err.println("seidex: " + OneLine.of(line));
    }
}

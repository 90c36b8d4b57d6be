package io.seidex.query.output;

/** How a terminal shows what is printed for people. */
enum Colour {
    LAYER("\u001b[1m"),
    PLACE("\u001b[2m"),
    NAME("\u001b[2m"),
    FAULT("\u001b[1;31m"),
    MARKED("\u001b[7m"),
    END("\u001b[0m");

    private final String sequence;

    Colour(String sequence) {
        this.sequence = sequence;
    }

    String sequence() {
        return sequence;
    }
}

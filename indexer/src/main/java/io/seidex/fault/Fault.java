package io.seidex.fault;

/** What can be wrong with captured octets. Returning one costs nothing; counting one is an array increment. */
public enum Fault {
    NONE(false, "none", "well formed"),
    FILE_EMPTY(true, "empty", "the file holds no octets"),
    FILE_UNKNOWN(true, "unknown-format", "the content is that of no capture format that is read"),
    FILE_CUT(true, "cut-while-read", "the file became shorter while it was read; what was before the cut was read"),
    FILE_UNREADABLE(true, "unreadable", "the file cannot be opened or read"),
    FILE_HEADER_TRUNCATED(true, "file-header-truncated", "the file ends within its own header"),
    RECORD_TRUNCATED(true, "truncated", "the file ends within a record; what was before it was read"),
    RECORD_IMPLAUSIBLE(true, "implausible",
            "a record claims a length that no record has; nothing behind it can be found"),
    RECORD_SURPLUS(false, "more-than-original",
            "a record says that it holds more of its packet than the packet had; all of it was read"),
    BLOCK_MALFORMED(false, "block-malformed", "a pcapng block's content contradicts its length; skipped"),
    LINE_MALFORMED(false, "line-malformed",
            "a line of a text capture contradicts its format or the lines before it; what it spells in full was read"),
    INTERFACE_UNKNOWN(false, "interface-unknown", "a packet names an interface that the section does not describe"),
    LINK_TYPE_UNKNOWN(true, "link-type-unknown", "a link type that is not decoded"),
    HEADER_TRUNCATED(true, "header-truncated", "fewer octets than the fixed header"),
    VERSION_UNKNOWN(true, "version-unknown", "names no version that is read"),
    LENGTH_IMPOSSIBLE(true, "length-impossible", "a length field smaller than its own header"),
    PAYLOAD_TRUNCATED(false, "payload-truncated",
            "a length field exceeds the octets present; what is present was read"),
    TOO_DEEP(true, "too-deep", "more tunnels or groups in one another than are followed"),
    IE_OVERRUN(false, "ie-overrun", "an IE exceeds its message or group; what is there of it was read"),
    IE_MALFORMED(false, "ie-malformed", "an IE's value is shorter than its members"),
    IE_ENDLESS(false, "ie-endless",
            "an IE that is not known and tells no length; what follows in its message cannot be read"),
    EXTENSION_MALFORMED(true, "extension-malformed", "an extension header of length 0 or beyond the message"),
    PIECE_EMPTY(false, "piece-empty", "a piece of a whole that holds no octets; not used"),
    PIECE_LENGTH(false, "piece-length", "a piece of a length that only the last one may have; not used"),
    PIECE_OUTSIDE(false, "piece-outside", "a piece outside the whole that it belongs to; not used"),
    PIECE_OVERLAP(false, "piece-overlap", "pieces overlap where they must not; the whole is given up"),
    PIECE_CONFLICT(false, "piece-conflict",
            "pieces hold different octets of the same place; what was put together before is given up"),
    WHOLE_SIZE_CONFLICT(false, "size-conflict",
            "pieces contradict each other on the size of their whole; what was put together before is given up"),
    WHOLE_INCOMPLETE(false, "incomplete", "pieces of a whole did not come in time"),
    WHOLE_GIVEN_UP(false, "given-up", "pieces of a whole were forgotten: memory for more recent ones was needed"),
    STREAM_GAP(false, "stream-gap", "octets of a stream are missing; messages in them are lost"),
    STREAM_UNREADABLE(false, "stream-unreadable", "octets of a stream that begin no message; skipped"),
    STREAM_JOINED(false, "stream-joined",
            "a stream whose beginning was not captured; read from the first segment on that can begin a message"),
    PIECE_REPEATED(false, "piece-repeated",
            "pieces of those before it under its identity came again: copies, or pieces of it; it was read");

    /** What a fault is about. */
    public enum Subject {
        CAPTURE("Captures: runs and info tell of them, no packet does"),
        HEADER("Headers, of any layer"),
        ELEMENT("Information elements and messages: pfcp, gtpv2, gtp, gtpprime, declared"),
        PIECE("Pieces: ip, ipv6, tcp, declared");

        private final String title;

        Subject(String title) {
            this.title = title;
        }

        /** With the layers that its faults are of. */
        public String title() {
            return title;
        }
    }

    private static final Fault[] ALL = values();

    private final boolean stops;
    private final String label;
    private final String meaning;

    Fault(boolean stops, String label, String meaning) {
        this.stops = stops;
        this.label = label;
        this.meaning = meaning;
    }

    /** How many faults there are, {@link #NONE} included. */
    public static int count() {
        return ALL.length;
    }

    /** The fault of an ordinal. */
    public static Fault of(int ordinal) {
        return ALL[ordinal];
    }

    /** Whether nothing of the layer may be read after it. */
    public boolean stops() {
        return stops;
    }

    /** Whether it says that pieces do not go together: the frames before decide it, not the packet alone. */
    public boolean isOfPieces() {
        return subject() == Subject.PIECE;
    }

    /** What it is about; faults stand in this order. */
    public Subject subject() {
        return compareTo(LINK_TYPE_UNKNOWN) < 0 ? Subject.CAPTURE
                : compareTo(IE_OVERRUN) < 0 || this == EXTENSION_MALFORMED ? Subject.HEADER
                : compareTo(PIECE_EMPTY) < 0 ? Subject.ELEMENT : Subject.PIECE;
    }

    /** Whether octets are wrong or lost. That a capture begins within a stream is only worth saying. */
    public boolean isDamage() {
        return this != STREAM_JOINED;
    }

    /** The name that filters, terms and messages use. */
    public String label() {
        return label;
    }

    /** One clause for people. */
    public String meaning() {
        return meaning;
    }
}

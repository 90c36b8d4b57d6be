package io.seidex.reassemble;

import io.seidex.octets.GrowingOctets;

/**
 * What is there of a whole: a window that {@link Wholes} moves, with two cursors over pieces and over gaps. Valid until the
 * next piece is offered.
 */
public final class Whole {
    private final Wholes wholes;
    private final Extents extents;
    private int index;
    private int extent;
    private boolean aside;
    private boolean isPlain;
    // What is looked at of it.
    private long rangeFrom;
    private long rangeTo;
    private long gapFrom;
    private long gapTo;

    Whole(Wholes wholes, Extents extents) {
        this.wholes = wholes;
        this.extents = extents;
    }

    Whole move(int index) {
        this.index = index;
        isPlain = false;
        rangeFrom = Long.MIN_VALUE;
        rangeTo = Long.MAX_VALUE;
        rewind();
        return this;
    }

    /** From here on, shows only pieces that brought something between two positions. */
    Whole between(long from, long to) {
        isPlain = true;
        rangeFrom = from;
        rangeTo = to;
        return this;
    }

    /** From here on, shows no pieces that brought nothing new. */
    public Whole plain() {
        isPlain = true;
        return this;
    }

    /** Where it begins, {@link Piece#UNKNOWN} if no piece says so. */
    public long begin() {
        return wholes.begin(index);
    }

    /** Where it ends, {@link Piece#UNKNOWN} if no piece says so. */
    public long end() {
        return wholes.end(index);
    }

    /** The first position that is there. */
    public long first() {
        return extents.from(extents.first(wholes.root(index)));
    }

    /** The position behind the last that is there. */
    public long behind() {
        return extents.to(extents.last(wholes.root(index)));
    }

    /** Of a stream: where it went on without what is missing; {@link Long#MAX_VALUE} if it waits. */
    public long limit() {
        boolean isHole = keyWord(keyWords() - 1) != 0;
        return isHole ? wholes.limit(index) : Long.MAX_VALUE;
    }

    /** How many octets are there. */
    public long length() {
        return wholes.octets(index);
    }

    /** How many pieces came, those that came twice included. */
    public int pieces() {
        return wholes.pieces(index);
    }

    /** What the piece at the begin says for the whole. */
    public long note() {
        return wholes.note(index);
    }

    /** When the first piece was captured; once it is complete, when the last was. */
    public long timeNanos() {
        return wholes.since(index);
    }

    /** The words of its key. */
    public int keyWords() {
        return wholes.keyWords(index);
    }

    public long keyWord(int word) {
        return wholes.keyWord(index, word);
    }

    /** Before the first piece, and before the first gap. */
    public void rewind() {
        extent = 0;
        aside = false;
        gapTo = Piece.UNKNOWN;
    }

    /** Moves to the next piece, by position; those that brought nothing new come last. */
    public boolean next() {
        if (!aside) {
            boolean isBegin;
            do {
                isBegin = extent == 0 && rangeFrom != Long.MIN_VALUE;
                extent = extents.behind(wholes.root(index), extent == 0 ? rangeFrom : extents.to(extent));
            } while (extent != 0 && !isBegin && extents.isContinued(extent));
            extent = extent == 0 || extents.from(extent) >= rangeTo ? 0 : extent;
            if (extent != 0) {
                return true;
            }
            if (isPlain) {
                return false;
            }
            aside = true;
        } else if (extent == 0) {
            return false;
        }
        extent = extents.aside(wholes.aside(index), extent);
        return extent != 0;
    }

    /** Moves to the first piece that brought nothing new; false if there is none. */
    boolean firstAside() {
        aside = true;
        extent = extents.aside(wholes.aside(index), 0);
        return extent != 0;
    }

    /** Of a stream: up to where all is there. */
    long reach() {
        return wholes.reach(index);
    }

    /** The frame that brought the piece. */
    public long frame() {
        return extents.frame(extent);
    }

    /** Where the record of that frame is. */
    public long recordAt() {
        return extents.record(extent);
    }

    /** The source of that frame. */
    public int source() {
        return extents.sourceOf(extent);
    }

    /** The first position that the piece brought. */
    public long from() {
        return extents.from(extent);
    }

    /** Moves to the next gap between what is there, or to one before or behind it if begin or end are known. */
    public boolean nextGap() {
        long position = gapTo == Piece.UNKNOWN ? begin() : gapTo;
        if (position == Piece.UNKNOWN) {
            int first = extents.first(wholes.root(index));
            position = first == 0 ? 0 : extents.to(first);
        }
        for (;;) {
            int next = extents.behind(wholes.root(index), position);
            long known = next == 0 ? end() : extents.from(next);
            if (next != 0 && known <= position) {
                position = extents.to(next);
            } else if (known == Piece.UNKNOWN || known <= position) {
                return false;
            } else {
                gapFrom = position;
                gapTo = known;
                return true;
            }
        }
    }

    /** The first position that is missing. */
    public long gapFrom() {
        return gapFrom;
    }

    /** The next position that is there, or the end. */
    public long gapTo() {
        return gapTo;
    }

    /** Appends all octets that are there, by position. */
    public void appendTo(GrowingOctets target) {
        for (int each = extents.first(wholes.root(index)); each != 0;) {
            target.append(extents.octets(each), extents.at(each), extents.length(each));
            each = extents.behind(wholes.root(index), extents.to(each));
        }
    }
}

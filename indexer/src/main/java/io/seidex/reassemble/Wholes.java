package io.seidex.reassemble;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import io.seidex.octets.GrowingOctets;
import java.util.Arrays;

/**
 * The wholes that are open, by key, in the order of their first pieces.
 *
 * <p>A whole is open from its first piece until it is complete or its time is over, by the times of its own pieces.
 * When it is complete it stays {@value #DONE_SECONDS} s longer, with up to {@value #REMEMBERED} of its key in a row: it
 * may be captured twice, as a port that mirrors both directions shows it, and the next whole may have the same pieces.
 * What comes of them again is kept apart from what is new:
 *
 * <pre>
 *  again is complete                   the whole is there again
 *  all came twice                      it was captured twice, and nothing is left over
 *  new is complete                     the next whole, with {@link Fault#PIECE_REPEATED} if anything is left over
 *  both are, together                  the next whole, with {@link Fault#PIECE_REPEATED}
 *  new behind that, where the key's    takes the place of what is there: if that was a copy, this is the whole
 *    wholes do not begin
 * </pre>
 *
 * <p>What comes directly behind the same piece is a copy, never a part of the next whole; so is what comes again of a
 * whole of which pieces came twice before it was complete. Behind doubt, and behind a contradiction, the fault stays
 * with the key as long as the wholes of it are remembered: its pieces may be out of step. So no whole without a fault
 * has pieces of two unless nothing tells: neither came any piece of those before again, without all the others, nor did
 * one contradict another. Then a train from which pieces are missing looks like one of whole wholes. Numbers that
 * {@linkplain Piece#runsOn run on} do not return: what repeats them is a copy.
 *
 * <p>A whole whose pieces disagree is given up, {@link Overlaps}, with the frames of all pieces that came for it.
 *
 * <p>Memory: {@value Extents#COST} octets a piece, {@value #COST} octets a whole and 8 to 16 of the hash table, and its
 * key. If the budget does not allow more, the oldest wholes are given up.
 *
 * <p>One thread at a time. When its arrays have grown nothing is allocated; a piece costs the same with ten open wholes
 * or a million.
 */
public final class Wholes implements AutoCloseable {
    private static final int DONE_SECONDS = 1;
    private static final long DONE_NANOS = DONE_SECONDS * 1_000_000_000L;
    /** How many wholes of a key that are done are remembered. */
    private static final int REMEMBERED = 8;
    private static final int FIRST_CAPACITY = 64;
    /** Octets of a whole in the arrays. */
    private static final int COST = 13 * Long.BYTES + 11 * Integer.BYTES + 3;

    private static final byte OPEN = 0;
    private static final byte DONE = 1;
    private static final byte REFUSED = 2;
    /** Of pieces that wholes before had; in no list, and not found by its key. */
    private static final byte AGAIN = 3;

    /** Some of its pieces came twice before it was complete. */
    private static final byte EARLY = 1;
    /** Some came again when it was complete, not yet all. */
    private static final byte LATE = 2;
    /** All came twice. */
    private static final byte TWICE = 4;
    /** Pieces of another may be among its own. */
    private static final byte DOUBTED = 8;
    /** One of its pieces took the place of another. */
    private static final byte EXCHANGED = 16;

    private final long budget;
    private final long lifeNanos;
    private final Abandoned abandoned;
    private final long seed = System.nanoTime() | 1;
    private final Key key = new Key();
    private final Piece piece = new Piece();
    /** The words of the keys, and octets that were copied. */
    private final GrowingOctets kept = new GrowingOctets();
    /** Octets of keys in {@link #kept} that are not needed any more. */
    private long freed;
    private final Extents extents = new Extents(kept);
    private final Whole completed = new Whole(this, extents);
    private final Whole leaving = new Whole(this, extents);

    // By whole; the first is never in use.
    private int[] hash = new int[0];
    private int[] keyWords = hash;
    private int[] root = hash;
    /** The pieces that brought nothing new. */
    private int[] aside = hash;
    private int[] pieces = hash;
    private int[] older = hash;
    private int[] newer = hash;
    /**
     * The one of the same key that was complete, or contradicted, before it, less than a second earlier: in no list,
     * and not found by its key; or 0.
     */
    private int[] before = hash;
    /** What came again of those before, and may be of this one, or of the next if it is done; or 0. */
    private int[] again = hash;
    /** How many extents it has, and how many of them came again. */
    private int[] parts = hash;
    private int[] twice = hash;
    private long[] keyAt = new long[0];
    /** When its first piece came; when it is done, when its last did. */
    private long[] since = keyAt;
    private long[] begin = keyAt;
    private long[] end = keyAt;
    private long[] size = keyAt;
    private long[] covered = keyAt;
    private long[] octets = keyAt;
    private long[] note = keyAt;
    /** Where its first piece to come was; if there is doubt, that of those before. */
    private long[] foremost = keyAt;
    /** Where the piece was that completed it. */
    private long[] latest = keyAt;
    /**
     * Of streams, a position, and up to where all is there from it on. Of others, the frame that brought its first
     * piece, unless what came before that matters, and the source of the frame.
     */
    private long[] mark = keyAt;
    private long[] markReach = keyAt;
    /** Of streams, since when something waits behind a gap. */
    private long[] waits = keyAt;
    private byte[] state = new byte[0];
    private byte[] trouble = state;
    private byte[] repeated = state;

    private int used = 1;
    private int free;
    private int count;
    /** Open addressing: the whole, or 0. A power of two, at most half full. */
    private int[] slots = new int[0];

    /** By whether they are done, the oldest and the newest. */
    private final int[] oldest = new int[2];
    private final int[] newest = new int[2];

    private Seam seam = Seam.NONE;
    private final Key leavingKey = new Key();
    private boolean begins;
    private Fault fault = Fault.NONE;
    private long expired;
    private long givenUp;

    /**
     * @param budget octets of memory, at most
     * @param lifeNanos how long a whole waits for its pieces
     * @param abandoned is told of wholes that do not become complete
     */
    public Wholes(long budget, long lifeNanos, Abandoned abandoned) {
        this.budget = budget;
        this.lifeNanos = lifeNanos;
        this.abandoned = abandoned;
    }

    /** Who is told of the pieces that are offered. */
    public void seam(Seam seam) {
        this.seam = seam;
    }

    /** Names the memory that pieces of a source point to; it must stay until {@link #end} or {@link #clear}. */
    public void source(int ordinal, Octets octets) {
        extents.source(ordinal, octets);
    }

    Octets source(int ordinal) {
        return extents.source(ordinal);
    }

    /** The key of the piece that is offered next; to be filled. */
    public Key key() {
        return key;
    }

    /** The piece that is offered next; to be filled. */
    public Piece piece() {
        return piece;
    }

    /**
     * Takes the {@link #piece}. What is wrong with it, if anything, is in {@link #fault}.
     *
     * @return whether its whole is complete: then that is in {@link #completed}
     */
    public boolean offer(Overlaps overlaps) {
        begins = false;
        boolean isComplete = take(overlaps);
        if (seam != Seam.NONE) {
            seam.offered(key.named(false), begins);
        }
        return isComplete;
    }

    private boolean take(Overlaps overlaps) {
        fault = Fault.NONE;
        expire(piece.timeNanos);
        if (piece.to <= piece.from) {
            return refuse(Fault.PIECE_EMPTY);
        }
        int keyHash = key.hash(seed);
        if (piece.follows && !follow(keyHash)) {
            return refuse(Fault.PIECE_OUTSIDE);
        }
        if (isKnown(piece.begin) && piece.from < piece.begin || isKnown(piece.end) && piece.to > piece.end
                || isKnown(piece.size) && piece.length > piece.size) {
            return refuse(Fault.PIECE_OUTSIDE);
        }
        int whole = current(keyHash);
        if (whole == 0) {
            return begin(0, keyHash, Fault.NONE, overlaps);
        }
        if (state[whole] == REFUSED) {
            return refuse(whole);
        }
        int of = isDone(whole) || before[whole] != 0 ? had(whole) : 0;
        if (of != 0) {
            return takeAgain(whole, of, keyHash, overlaps);
        }
        if (isDone(whole)) {
            return exchanges(whole) ? complete(whole) : begin(whole, keyHash, Fault.NONE, overlaps);
        }
        if (piece.modulus > 0 && !isKnown(piece.begin) && isKnown(begin[whole]) && piece.from < begin[whole]) {
            // Of numbers that run on, one that the whole before had.
            return refuse(Fault.PIECE_OUTSIDE);
        }
        Fault met = contradiction(whole, overlaps);
        if (met == Fault.NONE) {
            return take(whole, overlaps);
        }
        trouble[whole] = (byte) met.ordinal();
        forgetAgain(whole);
        if (overlaps != Overlaps.ANEW) {
            forgetBefore(whole);
            state[whole] = REFUSED;
            return refuse(whole);
        }
        abandoned.abandoned(leaving.move(whole), met);
        return begin(whole, keyHash, met, overlaps);
    }

    /** Begins a whole with the piece, behind the one of its key that is done or contradicted. */
    private boolean begin(int last, int keyHash, Fault met, Overlaps overlaps) {
        int whole = last == 0 ? open(keyHash, 0) : behind(last, keyHash);
        if (whole == 0) {
            return refuse(Fault.WHOLE_GIVEN_UP);
        }
        trouble[whole] = (byte) met.ordinal();
        begins = last == 0;
        fault = met;
        if (met != Fault.NONE) {
            repeated[whole] = DOUBTED;
            mark[whole] = Piece.UNKNOWN;
        }
        extents.compare(0, piece);
        return take(whole, overlaps);
    }

    /** Takes a piece that the whole does not contradict. */
    private boolean take(int whole, Overlaps overlaps) {
        if (again[whole] != 0) {
            if (!fits(again[whole], overlaps)) {
                forgetAgain(whole);
            }
            extents.compare(root[whole], piece);
        }
        if (!accept(whole, whole)) {
            giveUp(whole);
            return refuse(Fault.WHOLE_GIVEN_UP);
        }
        return (isComplete(whole) || joins(whole)) && complete(whole);
    }

    /** What was wrong with the piece that was offered last, or with its whole. */
    public Fault fault() {
        return fault;
    }

    /** The whole that the piece completed that was offered last; valid until the next is offered. */
    public Whole completed() {
        return completed;
    }

    /** How many wholes are open. */
    public int open() {
        int open = 0;
        for (int whole = oldest[0]; whole != 0; whole = newer[whole]) {
            open += isMissed(whole) ? 1 : 0;
        }
        return open;
    }

    /** How many wholes ran out of time. */
    public long expired() {
        return expired;
    }

    /** How many wholes were given up for want of memory. */
    public long givenUp() {
        return givenUp;
    }

    /**
     * Tells of the pieces that are kept for those to come after {@code nowNanos}: of open wholes, and of those just
     * done.
     */
    public void open(long nowNanos, Seam to) {
        expire(nowNanos);
        for (int list = 0; list < oldest.length; list++) {
            for (int whole = oldest[list]; whole != 0; whole = newer[whole]) {
                long digest = leavingKey.of(leaving.move(whole)).named(false);
                for (int each = whole; each != 0; each = before[each]) {
                    for (leaving.move(each); leaving.next();) {
                        to.open(digest, leaving.source(), leaving.frame());
                    }
                }
            }
        }
    }

    /** There are no more pieces: all that is open is handed over, the oldest first, and everything is forgotten. */
    public void end() {
        for (int whole = oldest[0]; whole != 0; whole = newer[whole]) {
            if (isMissed(whole)) {
                abandoned.abandoned(leaving.move(whole), Fault.NONE);
            } else if (state[whole] == REFUSED) {
                abandoned.abandoned(leaving.move(whole), Fault.of(trouble[whole]));
            }
        }
        clear();
    }

    /** Forgets everything, and keeps the memory. */
    public void clear() {
        Arrays.fill(oldest, 0);
        Arrays.fill(newest, 0);
        if (count > 0) {
            Arrays.fill(slots, 0);
        }
        used = 1;
        free = 0;
        count = 0;
        freed = 0;
        kept.clear();
        extents.clear();
    }

    /** Octets of memory that are held. */
    public long bytes() {
        return extents.bytes() + kept.capacity() + (long) hash.length * COST + (long) slots.length * Integer.BYTES;
    }

    @Override
    public void close() {
        clear();
        kept.close();
    }

    // The whole that a piece belongs to.

    /** Places a piece behind those that came before it; false if none did, and it is not the first. */
    private boolean follow(int keyHash) {
        int whole = find(keyHash);
        boolean isOpen = whole != 0 && isMissed(whole) && Math.abs(piece.timeNanos - since[whole]) <= lifeNanos;
        if (piece.first) {
            if (isOpen) {
                abandon(whole, Fault.WHOLE_INCOMPLETE);
            } else if (whole != 0) {
                forgetAgain(whole);
            }
            return true;
        }
        if (isOpen) {
            place(Math.max(extents.to(extents.last(root[whole])), extents.to(extents.last(root[again[whole]]))));
            return true;
        }
        if (whole == 0 || !isDone(whole) || isOld(whole)) {
            return false;
        }
        if (again[whole] != 0) {
            place(extents.to(extents.last(root[again[whole]])));
            return true;
        }
        // Nothing follows what is done, but its last piece once more.
        place(extents.from(extents.last(root[whole])));
        return piece.from > begin[whole] && repeats(whole);
    }

    private void place(long from) {
        piece.to += from - piece.from;
        piece.from = from;
        piece.last(piece.last);
    }

    /** The whole of the key, if the piece is in time for it; 0 if another is to be opened. */
    private int current(int keyHash) {
        int whole = find(keyHash);
        if (whole == 0) {
            return 0;
        }
        long shift = piece.modulus > 0 && !isKnown(piece.begin) ? shift(whole) : 0;
        piece.shift(shift);
        if (isDone(whole)) {
            if (isOld(whole)) {
                remove(whole);
                whole = 0;
            }
            if (shift != 0 && (whole == 0 || !repeats(whole))) {
                piece.shift(-shift);
            }
            return whole;
        }
        if (Math.abs(piece.timeNanos - since[whole]) > lifeNanos) {
            expire(whole);
            piece.shift(-shift);
            return 0;
        }
        return whole;
    }

    /** By how much a number is larger than it says, whose whole began before the numbers came to their end. */
    private long shift(int whole) {
        long lowest = isKnown(begin[whole]) ? begin[whole] : extents.from(extents.first(root[whole]));
        return piece.from + piece.modulus / 2 < lowest ? piece.modulus : 0;
    }

    private boolean isDone(int whole) {
        return state[whole] == DONE;
    }

    /** Whether a whole is done for so long that the piece has nothing to do with it. */
    private boolean isOld(int whole) {
        return Math.abs(piece.timeNanos - since[whole]) > DONE_NANOS;
    }

    // What comes again.

    /**
     * The newest of the wholes that are done or contradicted, behind which a whole is, that has the piece; 0 if none
     * has.
     */
    private int had(int whole) {
        for (int each = isDone(whole) ? whole : before[whole]; each != 0; each = before[each]) {
            if (repeats(each)) {
                return each;
            }
        }
        return 0;
    }

    /**
     * Takes a piece that another whole {@code of} the key had: a copy, or a piece of the whole that is open, or of the
     * next.
     */
    private boolean takeAgain(int whole, int of, int keyHash, Overlaps overlaps) {
        for (int each = whole; each != of; each = before[each]) {
            mark[each] = Piece.UNKNOWN;
        }
        if (extents(1, whole)) {
            pieces[of]++;
            aside[of] = extents.setAside(aside[of], piece);
        }
        if (piece.runsOn) {
            return false;
        }
        if (isDone(whole)) {
            touch(whole, piece.timeNanos);
        }
        boolean isUsed = isDone(whole) || fits(whole, overlaps);
        if (again[whole] != 0 && repeats(again[whole])) {
            accept(again[whole], whole);
            return false;
        }
        twice[of] += extents.mark(root[of], piece);
        repeated[of] |= LATE;
        if (isUsed && !isCopy(whole, of)) {
            keepAgain(whole, of, overlaps);
            if (again[whole] != 0 && isComplete(again[whole])) {
                return completeAgain(whole, keyHash);
            }
        }
        if (isDone(of) && twice[of] == parts[of]) {
            isTwice(of);
            if (again[whole] != 0 && !extents.has(root[again[whole]], foremost[of])) {
                forgetAgain(whole);
            }
        }
        return !isDone(whole) && joins(whole) && complete(whole);
    }

    /**
     * Whether what comes again of a whole is a copy: of the piece directly before it; or for pieces of that whole came
     * twice before, but not where wholes of the key begin.
     */
    private boolean isCopy(int whole, int of) {
        if (again[whole] != 0) {
            return false;
        }
        if (whole == of && piece.from == latest[of] && piece.from != foremost[of]) {
            return true;
        }
        return (repeated[of] & EARLY) != 0 && piece.from != foremost[of]
                && (isDone(whole) || (repeated[of] & TWICE) == 0);
    }

    /** Whether a whole neither contradicts the piece nor has any of it. */
    private boolean fits(int whole, Overlaps overlaps) {
        return contradiction(whole, overlaps) == Fault.NONE && !extents.overlaps();
    }

    /** Puts the piece to those that came again since a whole was done or began, unless they contradict it. */
    private void keepAgain(int whole, int of, Overlaps overlaps) {
        if (again[whole] != 0 && !fits(again[whole], overlaps)) {
            forgetAgain(whole);
        }
        int copies = again[whole];
        if (copies == 0) {
            if (!wholes(whole)) {
                return;
            }
            copies = blank(AGAIN);
            keyWords[copies] = 0;
            foremost[copies] = foremost[of];
            again[whole] = copies;
        }
        extents.compare(root[copies], piece);
        if (!accept(copies, whole)) {
            forgetAgain(whole);
        }
    }

    private void forgetAgain(int whole) {
        if (again[whole] != 0) {
            free(again[whole]);
            again[whole] = 0;
        }
    }

    /** All of a whole came twice: nothing of it is left over that may be of another. */
    private void isTwice(int of) {
        twice[of] = 0;
        extents.unmark(root[of]);
        repeated[of] = (byte) (repeated[of] & ~LATE | TWICE);
    }

    /** What came again is complete: it is a whole once more, or another one of pieces of several. */
    private boolean completeAgain(int whole, int keyHash) {
        int copies = again[whole];
        int of = isDone(whole) ? whole : before[whole];
        while (of != 0 && !isSame(of, copies)) {
            of = before[of];
        }
        if (of == 0) {
            int next = isDone(whole) ? behind(whole, keyHash) : whole;
            return next == 0 ? refuse(Fault.WHOLE_GIVEN_UP) : joins(next) && complete(next);
        }
        isTwice(of);
        int[][] exchanged = {root, aside, pieces, parts, twice};
        for (int[] each : exchanged) {
            int old = each[of];
            each[of] = each[copies];
            each[copies] = old;
        }
        repeated[of] |= twice[of] == 0 ? 0 : EARLY;
        note[of] = note[copies];
        forgetAgain(whole);
        return isTold(of);
    }

    private boolean isSame(int whole, int copies) {
        return isDone(whole) && covered[whole] == covered[copies] && octets[whole] == octets[copies]
                && extents.holds(root[whole], root[copies], piece.numbered);
    }

    /** Whether what is there of a whole is complete with what came again, which is then put to it. */
    private boolean joins(int whole) {
        int copies = again[whole];
        if (copies == 0) {
            return false;
        }
        long from = isKnown(begin[whole]) ? begin[whole] : begin[copies];
        long to = isKnown(end[whole]) ? end[whole] : end[copies];
        long most = isKnown(size[whole]) ? size[whole] : size[copies];
        long last = Math.max(extents.to(extents.last(root[whole])), extents.to(extents.last(root[copies])));
        if (!isComplete(from, to, most, last, covered[whole] + covered[copies], octets[whole] + octets[copies])) {
            return false;
        }
        if (extents.from(extents.first(root[copies])) == from) {
            note[whole] = note[copies];
        }
        begin[whole] = from;
        end[whole] = to;
        size[whole] = most;
        covered[whole] += covered[copies];
        octets[whole] += octets[copies];
        pieces[whole] += pieces[copies];
        parts[whole] += parts[copies];
        twice[whole] += twice[copies];
        foremost[whole] = foremost[copies];
        repeated[whole] |= DOUBTED;
        for (int each = before[whole]; each != 0; each = before[each]) {
            twice[each] = 0;
            extents.unmark(root[each]);
        }
        root[whole] = extents.merge(root[whole], root[copies]);
        aside[whole] = extents.mergeAside(aside[whole], aside[copies]);
        root[copies] = 0;
        aside[copies] = 0;
        forgetAgain(whole);
        return true;
    }

    /**
     * Puts the piece in the place of another of a whole that may be of copies; not if wholes of the key begin there. So
     * what follows a copy is not put together with pieces of the next whole again and again.
     */
    private boolean exchanges(int whole) {
        int extent = extents.behind(root[whole], piece.from);
        if ((repeated[whole] & (DOUBTED | EXCHANGED)) != DOUBTED || again[whole] != 0 || piece.from == foremost[whole]
                || !extents.isAt(extent, piece)
                || differs(piece.begin, begin[whole]) || differs(piece.end, end[whole])
                || differs(piece.size, size[whole])) {
            return false;
        }
        long changed = octets[whole] + piece.length - extents.length(extent);
        if (isKnown(size[whole]) && changed != size[whole] || !store(1, whole)) {
            return false;
        }
        octets[whole] = changed;
        twice[whole] -= extents.exchange(extent, piece);
        note[whole] = piece.from == begin[whole] ? piece.note : note[whole];
        repeated[whole] = DOUBTED | EXCHANGED;
        return true;
    }

    /** Whether pieces came again of a whole before, or of one before pieces of another may be among its own. */
    private boolean isDoubtful(int whole) {
        if (again[whole] != 0 || (repeated[whole] & DOUBTED) != 0) {
            return true;
        }
        for (int each = before[whole]; each != 0; each = before[each]) {
            if ((repeated[each] & (LATE | DOUBTED)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Opens a whole behind one that is done or contradicted, which is remembered with those before it. */
    private int behind(int last, int keyHash) {
        int copies = again[last];
        again[last] = 0;
        int oldest = last;
        for (int i = 1; i < REMEMBERED && before[oldest] != 0 && !isOld(before[oldest]); i++) {
            oldest = before[oldest];
        }
        if (before[oldest] != 0) {
            forgetBefore(oldest);
            if (mark[oldest] != Piece.UNKNOWN) {
                seam.begun(key.named(false), (int) markReach[oldest], mark[oldest]);
            }
        }
        int whole = open(keyHash, last);
        if (whole == 0) {
            if (copies != 0) {
                free(copies);
            }
            return 0;
        }
        again[whole] = copies;
        if (isDoubtful(whole)) {
            mark[whole] = Piece.UNKNOWN;
        }
        trouble[whole] = (byte) Fault.NONE.ordinal();
        return whole;
    }

    /** Whether a whole that is done had the piece. */
    private boolean repeats(int whole) {
        extents.compare(root[whole], piece);
        return extents.gaps() == 0 && extents.agrees() && !differs(piece.begin, begin[whole])
                && !differs(piece.end, end[whole]) && !differs(piece.size, size[whole]);
    }

    /** What the piece says against what is there of its whole. */
    private Fault contradiction(int whole, Overlaps overlaps) {
        if (differs(piece.begin, begin[whole]) || differs(piece.end, end[whole]) || differs(piece.size, size[whole])) {
            return Fault.WHOLE_SIZE_CONFLICT;
        }
        long first = isKnown(piece.begin) ? piece.begin : begin[whole];
        long behind = isKnown(piece.end) ? piece.end : end[whole];
        if (isKnown(first) && Math.min(piece.from, extents.from(extents.first(root[whole]))) < first) {
            return Fault.WHOLE_SIZE_CONFLICT;
        }
        if (isKnown(behind) && Math.max(piece.to, extents.to(extents.last(root[whole]))) > behind) {
            return Fault.WHOLE_SIZE_CONFLICT;
        }
        extents.compare(root[whole], piece);
        if (overlaps == Overlaps.NONE && extents.overlaps() && !(extents.repeats() && extents.agrees())) {
            return Fault.PIECE_OVERLAP;
        }
        if (!extents.agrees()) {
            return Fault.PIECE_CONFLICT;
        }
        long limit = isKnown(piece.size) ? piece.size : size[whole];
        long more = extents.gaps() == 0 ? 0 : piece.length;
        return isKnown(limit) && piece.numbered && octets[whole] + more > limit ? Fault.WHOLE_SIZE_CONFLICT
                : Fault.NONE;
    }

    private static boolean differs(long told, long known) {
        return told != known && isKnown(told) && isKnown(known);
    }

    private static boolean isKnown(long position) {
        return position != Piece.UNKNOWN;
    }

    /**
     * Adds the piece, which was {@linkplain Extents#compare compared}, to a whole that it does not contradict; false if
     * there is no room for it.
     *
     * @param spared the whole of the key that is found
     */
    private boolean accept(int whole, int spared) {
        int gaps = extents.gaps();
        if (!store(gaps, spared)) {
            return false;
        }
        pieces[whole]++;
        begin[whole] = isKnown(piece.begin) ? piece.begin : begin[whole];
        end[whole] = isKnown(piece.end) ? piece.end : end[whole];
        size[whole] = isKnown(piece.size) ? piece.size : size[whole];
        if (piece.from == begin[whole]) {
            note[whole] = piece.note;
        }
        if (gaps == 0) {
            aside[whole] = extents.setAside(aside[whole], piece);
            twice[whole] += extents.mark(root[whole], piece);
            return true;
        }
        root[whole] = extents.add(root[whole], piece);
        parts[whole] += gaps;
        covered[whole] += extents.addedPositions();
        octets[whole] += extents.addedOctets();
        return true;
    }

    /**
     * Makes room for so many extents of the piece, and copies its octets if they do not stay; false if there is none.
     */
    private boolean store(int gaps, int spared) {
        boolean copied = gaps > 0 && !piece.stays;
        if (!extents(Math.max(1, gaps), spared) || copied && !kept(piece.length, spared)) {
            return false;
        }
        if (copied) {
            long place = kept.length();
            kept.append(piece.octets, piece.at, piece.length);
            piece.octets = kept.octets();
            piece.at = place;
        }
        return true;
    }

    private boolean isComplete(int whole) {
        return isComplete(begin[whole], end[whole], size[whole], extents.to(extents.last(root[whole])), covered[whole],
                octets[whole]);
    }

    private static boolean isComplete(long begin, long end, long size, long last, long covered, long octets) {
        if (!isKnown(begin)) {
            return false;
        }
        if (isKnown(end)) {
            return covered == end - begin;
        }
        return isKnown(size) && octets == size && covered == last - begin;
    }

    private boolean complete(int whole) {
        if (trouble[whole] == Fault.NONE.ordinal() && isDoubtful(whole)) {
            trouble[whole] = (byte) Fault.PIECE_REPEATED.ordinal();
        }
        repeated[whole] |= twice[whole] == 0 ? 0 : EARLY;
        unlink(whole);
        state[whole] = DONE;
        link(whole);
        return isTold(whole);
    }

    /** A whole is complete, perhaps again. */
    private boolean isTold(int whole) {
        since[whole] = piece.timeNanos;
        latest[whole] = piece.from;
        completed.move(whole);
        fault = Fault.of(trouble[whole]);
        return true;
    }

    private boolean refuse(Fault why) {
        fault = why;
        return false;
    }

    /** Does not take the piece of a whole that is refused, but remembers its frame. */
    private boolean refuse(int whole) {
        if (extents(1, whole)) {
            pieces[whole]++;
            aside[whole] = extents.setAside(aside[whole], piece);
        }
        return refuse(Fault.of(trouble[whole]));
    }

    // Streams: wholes that do not end. Their begin moves on as what is there is taken out; their size is where it ends.

    /** The stream of the {@link #key}; 0 if there is none. */
    int find() {
        return find(key.hash(seed));
    }

    /** A new stream of the {@link #key}, of which nothing is there; 0 if there is no memory for it. */
    int openStream(long at) {
        int whole = open(key.hash(seed), 0);
        if (whole != 0) {
            trouble[whole] = (byte) Fault.NONE.ordinal();
            begin[whole] = at;
            size[whole] = at;
            mark[whole] = Piece.UNKNOWN;
            waits[whole] = Piece.UNKNOWN;
        }
        return whole;
    }

    /** Lets go of what is too old at a time. */
    void passed(long nowNanos) {
        expire(nowNanos);
    }

    /** Puts a stream behind those that are let go of before it. */
    void touch(int whole, long nowNanos) {
        since[whole] = nowNanos;
        if (newer[whole] != 0) {
            unlink(whole);
            link(whole);
        }
    }

    /**
     * Adds what is new of the {@link #piece} to a stream.
     *
     * @return {@link Fault#PIECE_CONFLICT} if the rest does not agree with what is there; {@link Fault#WHOLE_GIVEN_UP}
     *         if there is no memory even without all others: then the stream is forgotten
     */
    Fault put(int whole) {
        extents.compare(root[whole], piece);
        Fault met = extents.agrees() ? Fault.NONE : Fault.PIECE_CONFLICT;
        int gaps = extents.gaps();
        if (gaps > 0) {
            if (!store(gaps, whole)) {
                giveUp(whole);
                return Fault.WHOLE_GIVEN_UP;
            }
            pieces[whole]++;
            root[whole] = extents.add(root[whole], piece);
            octets[whole] += extents.addedOctets();
        }
        return met;
    }

    /** Names the frame of the {@link #piece} among those of a stream, without octets. */
    void putAside(int whole) {
        if (extents(1, whole)) {
            aside[whole] = extents.setAside(aside[whole], piece);
        }
    }

    /** Forgets the frames that were put aside. */
    void removeAside(int whole) {
        extents.removeAside(aside[whole]);
        aside[whole] = 0;
    }

    /** The stream or whole that is let go of first; 0 if there is none. */
    int oldestOpen() {
        return oldest[0];
    }

    /** The one that is let go of next; 0 if there is none. */
    int next(int whole) {
        return newer[whole];
    }

    /** A window on a whole. */
    Whole window(int whole) {
        return leaving.move(whole);
    }

    /** Takes away what lies before a position, at which the stream begins from now on. */
    void advance(int whole, long to) {
        begin[whole] = to;
        size[whole] = Math.max(size[whole], to);
        if (mark[whole] < to) {
            mark[whole] = Piece.UNKNOWN;
        }
        for (int first = extents.first(root[whole]); first != 0 && extents.from(first) < to;) {
            if (extents.to(first) > to) {
                octets[whole] -= to - extents.from(first);
                extents.cut(first, to);
                return;
            }
            octets[whole] -= extents.length(first);
            root[whole] = extents.removeFirst(root[whole]);
            first = extents.first(root[whole]);
        }
    }

    /** Moves what lies before a position to a stream of which nothing is there. */
    void split(int whole, int before, long position) {
        root[before] = extents.splitAt(root[whole], position);
        root[whole] = extents.behindSplit();
        for (int each = extents.first(root[before]); each != 0; each = extents.behind(root[before], extents.to(each))) {
            octets[before] += extents.length(each);
        }
        octets[whole] -= octets[before];
        pieces[before] = pieces[whole];
    }

    /** Up to where all is there. */
    long reach(int whole) {
        return size[whole];
    }

    /** Moves the {@link #reach} on: to {@code position}, and over what lies there. */
    long reach(int whole, long position) {
        size[whole] = behindAll(whole, position);
        return size[whole];
    }

    private long behindAll(int whole, long position) {
        long reach = position;
        for (int next = extents.behind(root[whole], reach); next != 0 && extents.from(next) <= reach;) {
            reach = extents.to(next);
            next = extents.behind(root[whole], reach);
        }
        return reach;
    }

    /** Marks a position; {@link Piece#UNKNOWN} for none. */
    void mark(int whole, long position) {
        mark[whole] = position;
        markReach[whole] = position;
    }

    /** Moves the mark on, among what is there from it on. */
    void moveMark(int whole, long position) {
        mark[whole] = position;
        markReach[whole] = Math.max(markReach[whole], position);
    }

    /** A time that means something to whoever keeps streams; {@link Piece#UNKNOWN} for none. */
    void waits(int whole, long nanos) {
        waits[whole] = nanos;
    }

    long waits(int whole) {
        return waits[whole];
    }

    long mark(int whole) {
        return mark[whole];
    }

    /** Up to where all is there from the mark on. */
    long markReach(int whole) {
        markReach[whole] = behindAll(whole, markReach[whole]);
        return markReach[whole];
    }

    void end(int whole, long position) {
        end[whole] = position;
    }

    void note(int whole, long word) {
        note[whole] = word;
    }

    /** A position that means something to whoever keeps streams. */
    long limit(int whole) {
        return covered[whole];
    }

    void limit(int whole, long position) {
        covered[whole] = position;
    }

    Extents extents() {
        return extents;
    }

    // Wholes come and go.

    /**
     * A new whole of the {@link #key}, with which the {@link #piece} was compared; 0 if there is no memory for it.
     *
     * @param behind one of the same key that it takes the place of, or 0
     */
    private int open(int keyHash, int behind) {
        if (behind != 0) {
            leave(behind);
            unlink(behind);
            freed += (long) keyWords[behind] * Long.BYTES;
            keyWords[behind] = 0;
        }
        long words = (long) key.count() * Long.BYTES;
        if (!extents(1, 0) || !wholes(0) || !hasPlace(free) && !kept(words, 0)) {
            for (int each = behind; each != 0; each = before[each]) {
                free(each);
            }
            return 0;
        }
        boolean inPlace = hasPlace(free);
        int whole = blank(OPEN);
        hash[whole] = keyHash;
        if (inPlace) {
            freed -= words;
        } else {
            keyAt[whole] = kept.length();
            kept.extend(words);
        }
        keyWords[whole] = key.count();
        for (int i = 0; i < key.count(); i++) {
            kept.put(keyAt[whole] + (long) i * Long.BYTES, key.word(i));
        }
        before[whole] = behind;
        enter(whole);
        link(whole);
        return whole;
    }

    /** A whole of which nothing is there, for which there is {@linkplain #wholes room}. */
    private int blank(byte as) {
        int whole = free;
        if (whole != 0) {
            free = newer[whole];
        } else {
            whole = used++;
        }
        count++;
        root[whole] = 0;
        aside[whole] = 0;
        pieces[whole] = 0;
        before[whole] = 0;
        again[whole] = 0;
        parts[whole] = 0;
        twice[whole] = 0;
        since[whole] = piece.timeNanos;
        begin[whole] = Piece.UNKNOWN;
        end[whole] = Piece.UNKNOWN;
        size[whole] = Piece.UNKNOWN;
        covered[whole] = 0;
        octets[whole] = 0;
        note[whole] = 0;
        foremost[whole] = piece.from;
        mark[whole] = piece.frame;
        markReach[whole] = piece.source;
        state[whole] = as;
        repeated[whole] = 0;
        return whole;
    }

    /** Whether one that is free, or none, still has a place for the {@link #key}: that of its own was as long. */
    private boolean hasPlace(int whole) {
        return whole != 0 && keyWords[whole] >= key.count();
    }

    void remove(int whole) {
        leave(whole);
        unlink(whole);
        forgetBefore(whole);
        free(whole);
    }

    private void forgetBefore(int whole) {
        for (int each = before[whole]; each != 0; each = before[each]) {
            free(each);
        }
        before[whole] = 0;
    }

    private void free(int whole) {
        extents.remove(root[whole]);
        extents.removeAside(aside[whole]);
        forgetAgain(whole);
        freed += (long) keyWords[whole] * Long.BYTES;
        newer[whole] = free;
        free = whole;
        count--;
    }

    /** Whether it matters that there is not all of a whole: it is not refused. */
    private boolean isMissed(int whole) {
        return state[whole] == OPEN;
    }

    /** Gives up a whole, and tells. */
    void abandon(int whole, Fault why) {
        abandoned.abandoned(leaving.move(whole), why);
        remove(whole);
    }

    /** Tells of what lies between two positions of a stream, which stays, that it will not be read. */
    void refuse(int whole, long from, long to, Fault why) {
        abandoned.abandoned(leaving.move(whole).between(from, to), why);
    }

    private void expire(int whole) {
        expired += isMissed(whole) ? 1 : 0;
        letGo(whole, Fault.WHOLE_INCOMPLETE);
    }

    private void giveUp(int whole) {
        givenUp += isMissed(whole) ? 1 : 0;
        letGo(whole, Fault.WHOLE_GIVEN_UP);
    }

    private void letGo(int whole, Fault why) {
        if (isMissed(whole)) {
            abandon(whole, why);
        } else if (state[whole] == REFUSED) {
            abandon(whole, Fault.of(trouble[whole]));
        } else {
            remove(whole);
        }
    }

    /** Lets go of wholes whose time is over. */
    private void expire(long nowNanos) {
        while (oldest[0] != 0 && nowNanos - since[oldest[0]] > lifeNanos) {
            expire(oldest[0]);
        }
        while (oldest[1] != 0 && nowNanos - since[oldest[1]] > DONE_NANOS) {
            remove(oldest[1]);
        }
    }

    private int list(int whole) {
        return isDone(whole) ? 1 : 0;
    }

    private void link(int whole) {
        int list = list(whole);
        older[whole] = newest[list];
        newer[whole] = 0;
        if (newest[list] == 0) {
            oldest[list] = whole;
        } else {
            newer[newest[list]] = whole;
        }
        newest[list] = whole;
    }

    private void unlink(int whole) {
        int list = list(whole);
        if (older[whole] == 0) {
            oldest[list] = newer[whole];
        } else {
            newer[older[whole]] = newer[whole];
        }
        if (newer[whole] == 0) {
            newest[list] = older[whole];
        } else {
            older[newer[whole]] = older[whole];
        }
    }

    // The hash table.

    private int find(int keyHash) {
        if (count == 0) {
            return 0;
        }
        int mask = slots.length - 1;
        for (int slot = keyHash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            int whole = slots[slot];
            if (hash[whole] == keyHash && isKey(whole)) {
                return whole;
            }
        }
        return 0;
    }

    private boolean isKey(int whole) {
        if (keyWords[whole] != key.count()) {
            return false;
        }
        for (int i = 0; i < key.count(); i++) {
            if (keyWord(whole, i) != key.word(i)) {
                return false;
            }
        }
        return true;
    }

    private void enter(int whole) {
        int mask = slots.length - 1;
        int slot = hash[whole] & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = whole;
    }

    private void leave(int whole) {
        int mask = slots.length - 1;
        int slot = hash[whole] & mask;
        while (slots[slot] != whole) {
            slot = slot + 1 & mask;
        }
        // What stands behind the hole moves into it, unless its search begins behind the hole.
        for (int next = slot + 1 & mask; slots[next] != 0; next = next + 1 & mask) {
            int home = hash[slots[next]] & mask;
            if ((next - home & mask) >= (next - slot & mask)) {
                slots[slot] = slots[next];
                slot = next;
            }
        }
        slots[slot] = 0;
    }

    // Memory.

    /** Makes room for extents; false if there is none even without all wholes but {@code spared}. */
    private boolean extents(int needed, int spared) {
        while (extents.room() < needed) {
            if (bytes() + extents.growth() <= budget) {
                extents.grow();
            } else if (!evict(spared)) {
                return false;
            }
        }
        return true;
    }

    /** Makes room for copied octets. */
    private boolean kept(long needed, int spared) {
        if (kept.length() + needed <= kept.capacity()) {
            return true;
        }
        long capacity = keptCapacity(needed);
        while (bytes() - kept.capacity() + capacity > budget) {
            if (!evict(spared)) {
                return false;
            }
            capacity = keptCapacity(needed);
        }
        compact(capacity);
        return true;
    }

    /** At least a third of it is free afterwards, so that octets are moved but seldom. */
    private long keptCapacity(long needed) {
        long live = kept.length() - freed - extents.freed() + needed;
        long capacity = Math.max(1 << 12, 2 * Long.highestOneBit(live));
        return capacity < live + (live >> 1) ? 2 * capacity : capacity;
    }

    private void compact(long capacity) {
        GrowingOctets target = new GrowingOctets();
        target.reserve(capacity);
        for (int list = 0; list < oldest.length; list++) {
            for (int whole = oldest[list]; whole != 0; whole = newer[whole]) {
                long moved = target.length();
                target.append(kept.octets(), keyAt[whole], (long) keyWords[whole] * Long.BYTES);
                keyAt[whole] = moved;
            }
        }
        extents.moveKept(target);
        for (int whole = free; whole != 0; whole = newer[whole]) {
            keyWords[whole] = 0;
        }
        freed = 0;
        kept.swap(target);
        target.close();
    }

    /** Makes room for one more whole. */
    private boolean wholes(int spared) {
        while (count + 1 >= hash.length) {
            int capacity = Math.max(FIRST_CAPACITY, hash.length + (hash.length >> 1));
            int table = Math.max(slots.length, 2 * Integer.highestOneBit(2 * capacity - 1));
            long growth = (long) (capacity - hash.length) * COST + (long) (table - slots.length) * Integer.BYTES;
            if (bytes() + growth <= budget) {
                grow(capacity, table);
            } else if (!evict(spared)) {
                return false;
            }
        }
        return true;
    }

    private void grow(int capacity, int table) {
        hash = Arrays.copyOf(hash, capacity);
        keyWords = Arrays.copyOf(keyWords, capacity);
        root = Arrays.copyOf(root, capacity);
        aside = Arrays.copyOf(aside, capacity);
        pieces = Arrays.copyOf(pieces, capacity);
        older = Arrays.copyOf(older, capacity);
        newer = Arrays.copyOf(newer, capacity);
        before = Arrays.copyOf(before, capacity);
        again = Arrays.copyOf(again, capacity);
        parts = Arrays.copyOf(parts, capacity);
        twice = Arrays.copyOf(twice, capacity);
        foremost = Arrays.copyOf(foremost, capacity);
        latest = Arrays.copyOf(latest, capacity);
        repeated = Arrays.copyOf(repeated, capacity);
        keyAt = Arrays.copyOf(keyAt, capacity);
        since = Arrays.copyOf(since, capacity);
        begin = Arrays.copyOf(begin, capacity);
        end = Arrays.copyOf(end, capacity);
        size = Arrays.copyOf(size, capacity);
        covered = Arrays.copyOf(covered, capacity);
        octets = Arrays.copyOf(octets, capacity);
        note = Arrays.copyOf(note, capacity);
        mark = Arrays.copyOf(mark, capacity);
        markReach = Arrays.copyOf(markReach, capacity);
        waits = Arrays.copyOf(waits, capacity);
        state = Arrays.copyOf(state, capacity);
        trouble = Arrays.copyOf(trouble, capacity);
        if (table > slots.length) {
            slots = new int[table];
            for (int list = 0; list < oldest.length; list++) {
                for (int whole = oldest[list]; whole != 0; whole = newer[whole]) {
                    enter(whole);
                }
            }
        }
    }

    /**
     * Lets go of the oldest whole, of those that are done if there are any; false if there is none but {@code spared}.
     */
    private boolean evict(int spared) {
        for (int list = oldest.length - 1; list >= 0; list--) {
            int whole = oldest[list] == spared && spared != 0 ? newer[spared] : oldest[list];
            if (whole != 0) {
                giveUp(whole);
                return true;
            }
        }
        return false;
    }

    // For the window.

    int root(int whole) {
        return root[whole];
    }

    int aside(int whole) {
        return aside[whole];
    }

    int pieces(int whole) {
        return pieces[whole];
    }

    long since(int whole) {
        return since[whole];
    }

    long begin(int whole) {
        return begin[whole];
    }

    long end(int whole) {
        return end[whole];
    }

    long octets(int whole) {
        return octets[whole];
    }

    long note(int whole) {
        return note[whole];
    }

    int keyWords(int whole) {
        return keyWords[whole];
    }

    long keyWord(int whole, int word) {
        return kept.octets().i64(keyAt[whole] + (long) word * Long.BYTES);
    }
}

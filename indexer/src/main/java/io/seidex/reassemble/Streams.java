package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.decode.TcpHeader;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.GrowingOctets;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Framing.Begin;
import java.util.Arrays;

/**
 * Finds the messages of protocols that are carried by TCP, one behind the other: GTP', and declared ones. A message belongs to
 * the frame that brings the last of its octets; a message that lies in one segment is read where it lies.
 *
 * <p>Each direction of a connection is a {@linkplain Wholes whole} without an end. Its positions are sequence numbers that
 * do not wrap around; it begins with the message that is not complete yet, and what is taken out of it is forgotten.
 * Segments may come in any order, twice, and overlap: of what waits, octets that come again must be the same, or the
 * message that they are of is given up ({@link Fault#PIECE_CONFLICT}): which are <em>disputed</em> is kept beside the
 * stream. What has been taken out is not compared any more.
 *
 * <p>Behind a gap the stream goes on at a segment that begins a message, if that can be told: the segment is a chain of
 * plausible messages, or has a row of them in its midst, or, where a header is mostly told from what is none, a row begins
 * in it that goes on in those behind it. What is before it becomes a <em>hole</em>, a stream of its own that ends there and may be filled yet. A
 * stream of which no beginning was seen begins in the same way. Where it cannot be told, octets wait for those before
 * them, and where nothing is before them they are skipped ({@link Fault#STREAM_UNREADABLE}).
 *
 * <p>Where a range of a capture ends, a stream is known by few frames: those from the last on that anyone would take for the
 * begin of a message, {@link #open}. If these are more than {@value #MOST_FRAMES}, what follows the range does not know
 * it, and that is told.
 *
 * <p>What is waiting is let go of {@value #LIFE_SECONDS} s after the last segment of its stream, and the oldest when memory is
 * short.
 */
public final class Streams implements AutoCloseable {
    /** As long as a connection may be silent. */
    private static final int LIFE_SECONDS = 600;
    /** A segment so far from its stream is not of it. */
    static final int MOST = Framing.MOST;
    /** Holes that a stream has at the same time; the number of each is the last word of its key, and that of the stream 0. */
    private static final int HOLES = 8;
    /** The last word of the key under which the octets are kept that came in two ways. */
    private static final int DISPUTES = HOLES + 1;

    // Notes of a stream.
    /** Where its next message begins is not known. */
    private static final int LOST = 1;
    /** Where it begins is a guess that no other message confirms yet. */
    private static final int GUESSED = 2;
    /** It was closed: what comes behind is of another. */
    private static final int CLOSED = 4;
    private static final int FIRST_HOLE = 8;
    private static final int ALL_HOLES = (1 << HOLES) - 1 << 3;
    /** Octets that wait came in two ways: {@link #DISPUTES}. */
    private static final int DISPUTED = 1 << 11;
    /** What is missing in front of what waits was said to be. */
    private static final int SAID = 1 << 12;
    /** Nothing of it was read yet, and its first octets were not captured. */
    private static final int UNSEEN = 1 << 13;
    /** That it is lost cannot be mended where its segments do not begin with messages. */
    private static final int IN_VAIN = 1 << 14;
    /** How many segments of it went on from where it was; no more than {@link #SETTLED} are counted. */
    private static final int SETTLING = 1 << 16;
    private static final int SETTLED = 4;
    /** How many frames are needed to know as much of it; one more than {@link #MOST_FRAMES} if they are too many. */
    private static final int KEPT_FRAME = 1 << 20;
    private static final int MOST_FRAMES = 512;
    /** Behind so many bits, the sequence number that follows the last octet of what is {@link #CLOSED}. */
    private static final int END = 32;

    /** As long as a hole may be filled. */
    private static final int HOLE_SECONDS = 10;
    private static final long HOLE_NANOS = HOLE_SECONDS * 1_000_000_000L;
    /** A stream that is lost, whose headers tell little, keeps no more octets. */
    private static final int PATIENCE = 1 << 20;
    /** Of fewer octets, rows are looked for whenever there are more. */
    private static final int FEW = 1 << 11;

    /** Whether a row of messages begins at a position. */
    private enum Row {
        NONE,
        /** What would tell has not come. */
        PERHAPS,
        FOUND
    }

    private final Wholes wholes;
    private final Extents extents;
    private final Framing[] framings;
    private final StreamMessages messages;
    private final Segment segment = new Segment();
    /** A header that lies in two extents or more. */
    private final GrowingOctets header = new GrowingOctets();
    private final Rows rows = new Rows();

    private Octets capture = Octets.EMPTY;
    private int source;

    // Of the segment.
    private Packet packet;
    private Framing framing;
    /** How many of its octets stand before the first message. */
    private int skipped;
    /** The last word of the key of what it is added to. */
    private long part;
    private boolean isDisputed;
    /** Whether it would be read in the same way if nothing of its stream were known. */
    private boolean isAnchor;
    private boolean isRestarted;
    /** Whether a connection begins with it. */
    private boolean isOpened;
    private boolean isJoined;
    private boolean isPiece;
    private boolean isBehindGap;
    private Seam seam = Seam.NONE;
    /** From where on, and up to where, it has other octets than those that wait. */
    private long[] differing = new long[16];
    private int differences;

    /**
     * @param budget octets of memory for what is not complete
     * @param abandoned is told of messages that do not become complete
     */
    public Streams(DeclaredProtocols protocols, long budget, Abandoned abandoned) {
        wholes = new Wholes(budget, LIFE_SECONDS * 1_000_000_000L, new Waiting(abandoned));
        extents = wholes.extents();
        framings = Framing.all(protocols);
        messages = new StreamMessages(wholes);
    }

    /** Passes on what was waiting; a stream that lacks nothing is not worth a word. */
    private record Waiting(Abandoned abandoned) implements Abandoned {
        @Override
        public void abandoned(Whole whole, Fault why) {
            long part = whole.keyWord(whole.keyWords() - 1);
            if (part != DISPUTES && (part != 0 ? whole : whole.plain()).next()) {
                whole.rewind();
                abandoned.abandoned(whole, why);
            }
        }
    }

    /** The frames that follow are of this capture, which stays until {@link #end}. */
    public void over(int source, Octets capture) {
        this.source = source;
        this.capture = capture;
        wholes.source(source, capture);
    }

    /**
     * Takes the segment that {@link Packet#stream} names, if any. The messages that it completes are added to the packet's
     * layers, and what is wrong to its faults.
     *
     * @param number of the frame
     * @return whether it completes a message
     */
    public boolean complete(Frame frame, long number, Packet packet, PacketDecoder decoder) {
        messages.clear();
        isPiece = false;
        isBehindGap = false;
        isAnchor = false;
        isRestarted = false;
        isOpened = false;
        isJoined = false;
        isDisputed = false;
        if (packet.stream() < 0) {
            return false;
        }
        this.packet = packet;
        framing = Framing.of(framings, packet);
        segment.over(frame, number, packet, framing);
        wholes.passed(segment.timeNanos);
        segment.key(wholes.key());
        part = 0;
        take();
        TcpHeader tcp = segment.tcp;
        if (seam != Seam.NONE && (segment.sent > 0 || tcp.isSyn() || tcp.isFin() || tcp.isRst())) {
            remember();
        }
        return messages.rows() > 0 && messages.emit(segment, decoder);
    }

    /** What of the stream's key has another last word; 0 if there is nothing. */
    private int find(long last) {
        part = last;
        wholes.key().last(last);
        return wholes.find();
    }

    private void take() {
        TcpHeader tcp = segment.tcp;
        int stream = wholes.find();
        int sequence = segment.sequence;
        if (tcp.isSyn()) {
            stream = synchronise(stream, sequence);
        }
        // What accompanies a reset is no part of the stream, RFC 9293 3.10.7.
        if (segment.sent > 0 && !tcp.isRst()) {
            segment.place(place(stream, sequence));
            data(stream);
        }
        if (tcp.isFin() || tcp.isRst()) {
            stream = find(0);
            if (stream != 0) {
                if (segment.sent == 0 || tcp.isRst()) {
                    fillNoMore(stream);
                }
                close(stream, place(stream, sequence) + (tcp.isRst() ? 0 : segment.sent));
            }
        }
    }

    /** Keeps the frame among those that the stream is known by, and tells of it. */
    private void remember() {
        int stream = wholes.find();
        long digest = wholes.key().named(true);
        if (stream == 0) {
            seam.offered(digest, false);
            return;
        }
        long notes = wholes.note(stream);
        int kept = (int) notes / KEPT_FRAME;
        int settled = (int) notes % KEPT_FRAME / SETTLING;
        boolean isUnknown = (notes & LOST) != 0 && wholes.root(stream) == 0 || isRestarted && !isAnchor;
        if (isOpened || isAnchor || isUnknown) {
            kept = 0;
            wholes.removeAside(stream);
        }
        if (isUnknown) {
            // It is known as well as if nothing of it had come.
        } else if (kept < MOST_FRAMES) {
            piece(0, 0);
            wholes.putAside(stream);
            kept++;
        } else if (kept == MOST_FRAMES) {
            wholes.removeAside(stream);
            kept++;
        }
        if (settled < SETTLED && (isOpened || isAnchor)) {
            settled = isOpened ? SETTLED : settled + 1;
        }
        boolean begins = isOpened || isAnchor && settled == SETTLED;
        seam.offered(digest, begins);
        if (begins) {
            seam.settled(digest);
        }
        wholes.note(stream, (notes >> END << END) + kept * KEPT_FRAME + settled * SETTLING + (int) notes % SETTLING);
    }

    /** The position of a sequence number: the one next to where the stream is. */
    private long place(int stream, int sequence) {
        return stream == 0 ? Segment.position(sequence) : Segment.position(sequence, wholes.begin(stream));
    }

    /** A connection begins; a SYN that comes again is none of another. */
    private int synchronise(int stream, int sequence) {
        long begin = place(stream, sequence);
        if (stream != 0) {
            long notes = wholes.note(stream);
            boolean isBefore = (notes & UNSEEN) != 0 && begin <= wholes.begin(stream)
                    && wholes.begin(stream) - begin <= MOST;
            if (isBefore && (notes & CLOSED) == 0) {
                // What waits is of it: nothing was read yet.
                wholes.note(stream, notes & ~(LOST | UNSEEN | IN_VAIN));
                wholes.mark(stream, Piece.UNKNOWN);
                wholes.advance(stream, begin);
                wholes.reach(stream, begin);
                wholes.limit(stream, begin);
                return stream;
            }
            if (wholes.limit(stream) == begin && (notes & CLOSED) == 0) {
                return stream;
            }
            forget(stream);
        }
        isOpened = true;
        return open(begin, begin, 0);
    }

    /** @param first where the connection begins, as far as that was seen */
    private int open(long begin, long first, long notes) {
        piece(begin, begin);
        int stream = wholes.openStream(begin);
        if (stream != 0) {
            wholes.limit(stream, first);
            wholes.note(stream, notes);
        }
        return stream;
    }

    /** Gives a stream and its holes up: it is over. */
    private void forget(int stream) {
        int notes = (int) wholes.note(stream);
        wholes.abandon(stream, Fault.WHOLE_INCOMPLETE);
        for (int hole = 0; hole < HOLES; hole++) {
            if ((notes & FIRST_HOLE << hole) != 0) {
                int filled = find(hole + 1L);
                if (filled != 0) {
                    wholes.abandon(filled, Fault.WHOLE_INCOMPLETE);
                }
            }
        }
        if ((notes & DISPUTED) != 0) {
            settle();
        }
        find(0);
    }

    /** Where a stream ends that was closed. */
    private long end(int stream) {
        return Segment.position((int) (wholes.note(stream) >> END), wholes.reach(stream));
    }

    private void close(int stream, long end) {
        long reach = wholes.reach(stream);
        if (Math.abs(end - reach) > MOST) {
            return;
        }
        wholes.note(stream, wholes.note(stream) & (1L << END) - 1 | CLOSED | end << END);
        if (end == reach && reach > wholes.begin(stream)) {
            restart(stream, Fault.WHOLE_INCOMPLETE, reach, 0);
        }
    }

    // Which octets are new.

    private void data(int known) {
        int stream = known;
        if (stream == 0) {
            enter();
            return;
        }
        wholes.touch(stream, segment.timeNanos);
        fillNoMore(stream);
        disputes(stream);
        int notes = (int) wholes.note(stream) % SETTLING;
        boolean isOther = Math.abs(segment.from - wholes.reach(stream)) > MOST
                || (notes & CLOSED) != 0 && segment.from > Math.max(end(stream), wholes.reach(stream));
        if (isOther) {
            Begin begin = begins();
            if (begin == Begin.NOWHERE || begin == Begin.PERHAPS && !framing.isStrong()) {
                packet.report(Layer.TCP, Fault.STREAM_UNREADABLE, segment.dataAt);
                return;
            }
            forget(stream);
            isDisputed = false;
            segment.place(place(0, segment.sequence));
            enter();
            return;
        }
        if ((notes & ALL_HOLES) != 0 && segment.from < wholes.begin(stream)) {
            fill(notes);
            stream = find(0);
        }
        if (stream == 0 || segment.behind <= wholes.begin(stream) || isKeptAlive(stream)) {
            return;
        }
        if ((wholes.note(stream) & LOST) != 0) {
            seek(stream);
        } else {
            isAnchor = seam != Seam.NONE && wholes.root(stream) == 0 && segment.from == wholes.begin(stream)
                    && (wholes.note(stream) & (ALL_HOLES | GUESSED | CLOSED)) == 0
                    && begins() == Begin.CERTAINLY && skipped == 0;
            follow(stream);
        }
    }

    private Begin begins() {
        Begin begin = framing.begins(packet.octets(), segment.dataAt, segment.present, false);
        skipped = framing.skipped();
        return begin;
    }

    /** Whether a message begins in the segment, whose stream does not tell. */
    private Begin beginsWithin(boolean isBehindGap) {
        Begin begin = framing.beginsWithin(packet.octets(), segment.dataAt, segment.present, isBehindGap);
        skipped = framing.skipped();
        return begin;
    }

    /** One octet that was sent before may be any: RFC 1122 4.2.3.6. */
    private boolean isKeptAlive(int stream) {
        return segment.sentTo - segment.from == 1
                && (segment.sentTo == wholes.reach(stream)
                        || segment.sentTo == extents.to(extents.last(wholes.root(stream))));
    }

    /** Gives up holes that were not filled in time. */
    private void fillNoMore(int stream) {
        long notes = wholes.note(stream);
        for (int hole = 0; (notes & ALL_HOLES) != 0 && hole < HOLES; hole++) {
            if ((notes & FIRST_HOLE << hole) == 0) {
                continue;
            }
            int old = find(hole + 1L);
            if (old == 0 || Math.abs(segment.timeNanos - wholes.since(old)) > HOLE_NANOS) {
                if (old != 0) {
                    if ((wholes.note(old) & SAID) == 0) {
                        report(Fault.STREAM_GAP, segment.dataAt);
                    }
                    wholes.abandon(old, Fault.STREAM_GAP);
                }
                notes &= ~((long) FIRST_HOLE << hole);
                wholes.note(stream, notes);
            }
        }
        find(0);
    }

    /** The first segment of a stream whose beginning was not seen. */
    private void enter() {
        // Its SYN may come late.
        int stream = open(segment.from, segment.from, LOST | UNSEEN);
        if (stream == 0) {
            packet.report(Layer.TCP, Fault.WHOLE_GIVEN_UP, segment.dataAt);
            return;
        }
        seek(stream);
    }

    /**
     * A segment of a stream that does not know where its next message begins. If the segment does not tell, it waits until
     * others do.
     */
    private void seek(int stream) {
        boolean isFirst = wholes.root(stream) == 0;
        if (isFirst && segment.from > wholes.begin(stream)) {
            wholes.advance(stream, segment.from);
        }
        boolean isWhole = segment.from >= wholes.begin(stream) && !isWaiting(stream, segment.from);
        Begin begin = isWhole ? beginsWithin(false) : Begin.NOWHERE;
        boolean isGuess = begin == Begin.PERHAPS && isFirst && framing.isStrong();
        if (begin == Begin.CERTAINLY || isGuess) {
            isAnchor = begin == Begin.CERTAINLY && skipped == 0;
            goOn(stream, segment.from + skipped);
            wholes.note(stream, wholes.note(stream) | (isGuess ? GUESSED : 0));
            follow(stream);
        } else if (framing.delimiter().length > 0) {
            skip(stream);
        } else if (put(stream, Math.max(segment.from, wholes.begin(stream)))) {
            isPiece = true;
            isBehindGap = true;
            if (framing.isStrong() ? !search(stream) : !findRow(stream)) {
                passOver(stream);
            }
        }
    }

    /** The stream, which was lost, goes on at a position. What waits before it is skipped; of whole segments that is said. */
    private void goOn(int stream, long position) {
        int first = extents.first(wholes.root(stream));
        if (first != 0 && extents.to(first) <= position) {
            report(Fault.STREAM_UNREADABLE, segment.dataAt);
        }
        isJoined = (wholes.note(stream) & UNSEEN) != 0;
        wholes.note(stream, wholes.note(stream) & ~(LOST | UNSEEN | IN_VAIN));
        wholes.advance(stream, position);
        wholes.mark(stream, Piece.UNKNOWN);
    }

    /** Nothing that a lost stream has up to here will be read. */
    private void skip(int stream) {
        report(Fault.STREAM_UNREADABLE, segment.dataAt);
        wholes.advance(stream, Math.max(wholes.begin(stream), segment.sentTo));
        isPiece = false;
        isBehindGap = false;
        isRestarted = true;
    }

    /** Skips of a lost stream what is known to begin no row, or what is too much. */
    private void passOver(int stream) {
        long begin = wholes.begin(stream);
        if (!framing.isStrong()) {
            if (segment.behind - begin > PATIENCE) {
                skip(stream);
                wholes.note(stream, wholes.note(stream) | IN_VAIN);
            }
            return;
        }
        long mark = wholes.mark(stream);
        boolean isPassed = mark > segment.from && mark + framing.headerLength() > segment.behind;
        if (isPassed || segment.behind - begin > MOST) {
            skip(stream);
        } else if (mark > begin && isThere(stream, begin, mark - begin)) {
            // Where the segment begins that is marked tells something.
            int marked = extents.behind(wholes.root(stream), mark);
            wholes.advance(stream, marked == 0 ? mark : extents.from(marked));
        }
    }

    /** Octets that come late, for holes that they fill. */
    private void fill(int notes) {
        for (int hole = 0; hole < HOLES; hole++) {
            if ((notes & FIRST_HOLE << hole) == 0) {
                continue;
            }
            int filled = find(hole + 1L);
            long limit = filled == 0 ? 0 : wholes.limit(filled);
            if (filled != 0 && segment.behind > wholes.begin(filled) && segment.from < limit) {
                segment.narrow(Math.max(segment.from, wholes.begin(filled)), Math.min(segment.behind, limit));
                if (segment.from <= wholes.reach(filled) && (wholes.note(filled) & LOST) == 0) {
                    append(filled, limit);
                } else {
                    leapInHole(filled, limit);
                }
                segment.widen();
                filled = find(hole + 1L);
                if (filled != 0 && wholes.begin(filled) == limit) {
                    wholes.remove(filled);
                    filled = 0;
                }
            }
            if (filled == 0) {
                int stream = find(0);
                if (stream != 0) {
                    wholes.note(stream, wholes.note(stream) & ~((long) FIRST_HOLE << hole));
                }
            }
        }
    }

    /**
     * Octets within a hole, before which others are missing still. If they are messages, whole to their end, these are read,
     * and what is before them is another hole; else they wait.
     */
    private void leapInHole(int hole, long limit) {
        isBehindGap = true;
        int length = (int) (segment.behind - segment.from);
        boolean isKnown = wholes.end(hole) != Piece.UNKNOWN && segment.from < wholes.end(hole)
                || isWaiting(hole, segment.from);
        boolean isRow = !isKnown && segment.sentTo <= limit
                && framing.isRow(packet.octets(), segment.dataAt, length);
        skipped = framing.skipped();
        long position = segment.from + skipped;
        long at = part;
        boolean isRead = isRow && position < limit
                && (position == wholes.begin(hole) || freeHole(wholes.note(find(0))) < HOLES);
        find(at);
        if (!isRead) {
            isPiece = put(hole, segment.from);
        } else if (position == wholes.begin(hole)) {
            wholes.note(hole, wholes.note(hole) & ~LOST);
            append(hole, limit);
        } else if (leaveHole(hole, position)) {
            append(find(at), limit);
        }
    }

    /** A segment behind which, in which or before which the stream goes on. */
    private void follow(int known) {
        int stream = known;
        long reach = wholes.reach(stream);
        if (segment.from > reach) {
            leap(stream);
            return;
        }
        if (segment.from == reach && reach > wholes.begin(stream) && (wholes.note(stream) & GUESSED) != 0
                && begins() == Begin.CERTAINLY) {
            // What is known to begin here is more than what was guessed to go on.
            restart(stream, Fault.STREAM_UNREADABLE, segment.from + skipped, 0);
            stream = find(0);
            isAnchor = skipped == 0;
            if (stream == 0) {
                return;
            }
        }
        append(stream, Long.MAX_VALUE);
    }

    /**
     * A segment behind a gap. If it begins messages, the stream goes on with them. If not, it waits, and the stream goes on once
     * there is a row of them in what waits.
     */
    private void leap(int stream) {
        if (segment.behind > wholes.begin(stream) + MOST) {
            restart(stream, Fault.WHOLE_INCOMPLETE, segment.sentTo, LOST);
            packet.report(Layer.TCP, Fault.STREAM_GAP, segment.dataAt);
            return;
        }
        Begin begin = isWaiting(stream, segment.from) ? Begin.NOWHERE : beginsWithin(true);
        long position = segment.from + skipped;
        isBehindGap = true;
        if (begin == Begin.CERTAINLY && wholes.mark(stream) == Piece.UNKNOWN) {
            if (leaveHole(stream, position)) {
                append(stream, Long.MAX_VALUE);
            }
            return;
        }
        if (!put(stream, segment.from)) {
            return;
        }
        isPiece = true;
        boolean isFound = framing.isStrong() && framing.headerLength() > 0 && search(stream);
        if (!isFound && begin == Begin.CERTAINLY) {
            leapTo(stream, position);
        } else if (!isFound && (framing.isStrong() || framing.delimiter().length > 0 || !findRow(stream))) {
            await(stream);
        }
    }

    /** The segment waits behind a gap: how long that lasts is said once. */
    private void await(int stream) {
        long since = wholes.waits(stream);
        long notes = wholes.note(stream);
        if (since == Piece.UNKNOWN) {
            wholes.waits(stream, segment.timeNanos);
        } else if ((notes & SAID) == 0 && Math.abs(segment.timeNanos - since) > HOLE_NANOS) {
            wholes.note(stream, notes | SAID);
            report(Fault.STREAM_GAP, segment.dataAt);
        }
    }

    /**
     * Looks for a row of messages in what waits, over segments too, and goes on there. The mark is the first position where one
     * may begin; it moves on only, so that each octet is asked once when it comes, and once when the mark passes it.
     *
     * @return whether there is one
     */
    private boolean search(int stream) {
        long mark = wholes.mark(stream);
        if (mark != Piece.UNKNOWN && segment.from < mark) {
            for (long each = segment.from; each < Math.min(mark, segment.behind); each++) {
                if (row(stream, each) == Row.FOUND) {
                    found(stream, each);
                    return true;
                }
            }
        }
        if (mark == Piece.UNKNOWN) {
            mark = segment.from;
            wholes.mark(stream, mark);
        }
        Row row = passOn(stream, mark);
        if (row != Row.FOUND && segment.from > wholes.markReach(stream)) {
            // What it marks lacks octets itself.
            wholes.mark(stream, segment.from);
            row = passOn(stream, segment.from);
        } else if (row == Row.PERHAPS && segment.from > wholes.mark(stream)
                && isNearer(stream, segment.from, wholes.mark(stream))) {
            wholes.moveMark(stream, segment.from);
        }
        if (row == Row.FOUND) {
            found(stream, wholes.mark(stream));
        }
        return row == Row.FOUND;
    }

    /** Moves the mark over where no row begins. */
    private Row passOn(int stream, long first) {
        long mark = first;
        Row row = row(stream, mark);
        while (row == Row.NONE) {
            row = row(stream, ++mark);
        }
        wholes.moveMark(stream, mark);
        return row;
    }

    /**
     * Looks for a row of messages in what waits in a row with the segment, where a header is told from what is none by little
     * but a row of them: not for each segment, but when there is by a quarter more.
     *
     * @return whether there is one
     */
    private boolean findRow(int stream) {
        long mark = wholes.mark(stream);
        boolean isBefore = mark != Piece.UNKNOWN && segment.from < mark;
        if (mark == Piece.UNKNOWN || isBefore && segment.behind >= mark || segment.from > wholes.markReach(stream)) {
            mark = Math.max(segment.from, wholes.begin(stream));
            wholes.mark(stream, mark);
        } else if (isBefore) {
            return false;
        }
        long length = wholes.markReach(stream) - mark;
        long step = Math.max(FEW, Long.highestOneBit(length)) >> 2;
        if (length == 0 || length > FEW && length / step == (length - segment.present) / step) {
            return false;
        }
        long position = alongSegments(stream, mark, mark + length);
        boolean isTried = length > Rows.MOST || (wholes.note(stream) & IN_VAIN) != 0;
        if (position == Piece.UNKNOWN && !isTried) {
            header(stream, mark, length);
            int place = rows.find(framing, header.octets(), (int) length);
            position = place < 0 ? Piece.UNKNOWN : mark + place;
        }
        if (position != Piece.UNKNOWN) {
            found(stream, position);
        }
        return position != Piece.UNKNOWN;
    }

    /** Where segments begin that are each filled by messages, enough of them that this is no chance. */
    private long rowOfSegments(int stream, long mark, long reach, int enough) {
        int root = wholes.root(stream);
        for (long position = mark; position < reach; position = extents.to(extents.behind(root, position))) {
            int bits = 0;
            int more = 1;
            for (long begin = position; more > 0 && begin < reach; begin = extents.to(extents.behind(root, begin))) {
                more = bitsOfMessages(stream, begin, extents.to(extents.behind(root, begin)));
                bits += more;
                if (more > 0 && bits >= enough) {
                    return position;
                }
            }
        }
        return Piece.UNKNOWN;
    }

    /** As {@link Framing#bits(int, long)}, of messages of which the last ends at a position; 0 if none does. */
    private int bitsOfMessages(int stream, long from, long to) {
        int needed = framing.headerLength();
        int count = 0;
        long end = from;
        while (to - end >= needed) {
            if (!isLikely(stream, end, needed)) {
                return 0;
            }
            end += lengthAt(stream, end, needed);
            count++;
        }
        return end == to ? framing.bits(count, to - from) : 0;
    }

    /** Where a segment begins two messages that each end with a segment; {@link Piece#UNKNOWN} if none does. */
    private long alongSegments(int stream, long mark, long reach) {
        int root = wholes.root(stream);
        int segments = 0;
        for (int extent = extents.behind(root, mark); extent != 0 && extents.from(extent) < reach;) {
            segments++;
            extent = extents.behind(root, extents.to(extent));
        }
        int bits = 2 * (framing.headerBits() + Framing.bits(framing.longest() / segments));
        long row = rowOfSegments(stream, mark, reach, Framing.CHANCE_BITS + Framing.bits(segments));
        if (row != Piece.UNKNOWN || bits < Framing.CHANCE_BITS + Framing.bits(segments)) {
            return row;
        }
        for (long position = mark; position < reach;) {
            long end = segmentsEnd(stream, position, reach);
            if (end < reach && segmentsEnd(stream, end, reach) <= reach) {
                return position;
            }
            position = extents.to(extents.behind(root, position));
        }
        return Piece.UNKNOWN;
    }

    /** Where the message ends that begins at a position, if a segment ends there; else {@link Long#MAX_VALUE}. */
    private long segmentsEnd(int stream, long position, long reach) {
        int needed = framing.headerLength();
        if (reach - position < needed || !isLikely(stream, position, needed)) {
            return Long.MAX_VALUE;
        }
        long end = position + lengthAt(stream, position, needed);
        boolean isEnd = end == reach || end < reach && extents.from(extents.behind(wholes.root(stream), end)) == end;
        return isEnd ? end : Long.MAX_VALUE;
    }

    private void found(int stream, long position) {
        skipped = 0;
        leapTo(stream, position);
    }

    /** Whether a message may begin at a position that ends before the one that begins at another. */
    private boolean isNearer(int stream, long position, long other) {
        int needed = framing.headerLength();
        return isThere(stream, position, needed) && isLikely(stream, position, needed)
                && isThere(stream, other, needed)
                && position + lengthAt(stream, position, needed) < other + lengthAt(stream, other, needed);
    }

    /** A row is as long as one in a segment; two are enough that begin with a segment, or end with one that was pushed. */
    private Row row(int stream, long position) {
        int needed = framing.headerLength();
        long border = position;
        for (int count = 0; count < Framing.ROW; count++) {
            if (!isThere(stream, border, needed)) {
                boolean isEnd = border == segment.behind && segment.tcp.isPsh() && border == wholes.markReach(stream);
                boolean isEnough =
                        count > 0 && (count > 1 || isEnd) && (isEnd && count > 1 || isFirst(stream, position));
                return isEnough ? Row.FOUND : Row.PERHAPS;
            }
            if (!isLikely(stream, border, needed)) {
                return Row.NONE;
            }
            border += lengthAt(stream, border, needed);
        }
        return Row.FOUND;
    }

    /** Whether a segment that waits begins at a position. */
    private boolean isFirst(int stream, long position) {
        return extents.from(extents.behind(wholes.root(stream), position)) == position;
    }

    /** Whether so many octets wait. */
    private boolean isThere(int stream, long position, long length) {
        if (position >= segment.from && position + length <= segment.behind) {
            return true;
        }
        for (long each = position; each < position + length;) {
            int extent = extents.behind(wholes.root(stream), each);
            if (extent == 0 || extents.from(extent) > each) {
                return false;
            }
            each = extents.to(extent);
        }
        return true;
    }

    private void leapTo(int stream, long position) {
        if ((wholes.note(stream) & LOST) != 0) {
            goOn(stream, position);
            isPiece = false;
            takeOut(stream, Long.MAX_VALUE, false, wholes.reach(stream, position), position);
        } else if (leaveHole(stream, position)) {
            if (position > segment.from && position < segment.behind) {
                // What lies across it went to the hole.
                append(stream, Long.MAX_VALUE);
            } else {
                takeOut(stream, Long.MAX_VALUE, false, wholes.reach(stream), position);
            }
        }
    }

    /**
     * Adds the segment from a position on to what waits; of octets that came before, the first stay.
     *
     * @return false if there is no memory
     */
    private boolean put(int stream, long first) {
        long at = part;
        piece(first, segment.behind);
        Fault fault = wholes.put(stream);
        if (fault != Fault.NONE) {
            report(fault, segment.dataAt);
        }
        if (fault == Fault.PIECE_CONFLICT) {
            compare(stream, first);
            dispute();
            return find(at) != 0;
        }
        return fault == Fault.NONE;
    }

    /** Says what is wrong with the segment, once. */
    private void report(Fault fault, long place) {
        for (int i = 0; i < packet.faults(); i++) {
            if (packet.fault(i) == fault && packet.faultLayer(i) == Layer.TCP) {
                return;
            }
        }
        packet.report(Layer.TCP, fault, place);
    }

    // Octets that came in two ways.

    /** Finds where the segment differs from what waits. What no message fits between is one difference. */
    private void compare(int stream, long first) {
        int apart = Math.max(1, framing.headerLength());
        differences = 0;
        long position = first;
        while (position < segment.behind) {
            int extent = extents.behind(wholes.root(stream), position);
            Octets octets = extents.octets(extent);
            long distance = extents.at(extent) - extents.from(extent);
            for (long to = Math.min(segment.behind, extents.to(extent)); position < to; position++) {
                if (octets.u8(distance + position) != packet.octets().u8(segment.at(position))) {
                    differs(position, apart);
                }
            }
        }
    }

    private void differs(long position, int apart) {
        if (differences > 0 && position - differing[differences - 1] < apart) {
            differing[differences - 1] = position + 1;
            return;
        }
        if (differences == differing.length) {
            differing = Arrays.copyOf(differing, 2 * differences);
        }
        differing[differences++] = position;
        differing[differences++] = position + 1;
    }

    private void dispute() {
        int stream = find(0);
        if (stream != 0) {
            if ((wholes.note(stream) & DISPUTED) == 0) {
                settle();
                find(0);
            }
            wholes.note(stream, wholes.note(stream) | DISPUTED);
            isDisputed = true;
        }
        int disputed = stream == 0 ? 0 : find(DISPUTES);
        for (int i = 0; stream != 0 && i < differences; i += 2) {
            piece(differing[i], differing[i + 1]);
            disputed = disputed == 0 ? wholes.openStream(0) : disputed;
            if (disputed == 0 || wholes.put(disputed) == Fault.WHOLE_GIVEN_UP) {
                // Those that are not known any more are all.
                settle();
                return;
            }
        }
    }

    /** Whether octets of a stream came in two ways; those are forgotten when nothing waits. */
    private void disputes(int stream) {
        long notes = wholes.note(stream);
        isDisputed = (notes & DISPUTED) != 0;
        if (isDisputed && wholes.root(stream) == 0 && (notes & ALL_HOLES) == 0) {
            wholes.note(stream, notes & ~DISPUTED);
            isDisputed = false;
            settle();
            find(0);
        } else if (isDisputed) {
            int disputed = find(DISPUTES);
            if (disputed != 0) {
                wholes.touch(disputed, segment.timeNanos);
            }
            find(0);
        }
    }

    private void settle() {
        int disputed = find(DISPUTES);
        if (disputed != 0) {
            wholes.remove(disputed);
        }
    }

    /** Whether one of these octets came in two ways. */
    private boolean isDisputed(long first, long last) {
        if (!isDisputed) {
            return false;
        }
        long at = part;
        int disputed = find(DISPUTES);
        find(at);
        int next = disputed == 0 ? 0 : extents.behind(wholes.root(disputed), first);
        return disputed == 0 || next != 0 && extents.from(next) < last;
    }

    /** Whether octets wait at a position, or just behind it in the way of the segment. */
    private boolean isWaiting(int stream, long position) {
        int next = extents.behind(wholes.root(stream), position);
        return next != 0 && extents.from(next) <= position;
    }

    /** The first hole of a stream that is none; {@link #HOLES} if all are. */
    private static int freeHole(long notes) {
        return Long.numberOfTrailingZeros(~((notes & ALL_HOLES) / FIRST_HOLE));
    }

    /** The stream, or a hole, goes on at a position; what is before becomes a hole. False if nothing goes on. */
    private boolean leaveHole(int known, long position) {
        long at = part;
        long begin = wholes.begin(known);
        long notes = wholes.note(known);
        int stream = find(0);
        int hole = Math.min(HOLES - 1, freeHole(wholes.note(stream)));
        int left = find(hole + 1L);
        if (left != 0) {
            wholes.abandon(left, Fault.WHOLE_INCOMPLETE);
        }
        piece(begin, begin);
        left = wholes.openStream(begin);
        int rest = find(at);
        isPiece = false;
        if (rest == 0 || left == 0) {
            return rest != 0;
        }
        isPiece = segment.from < position;
        wholes.limit(left, position);
        if (at == 0) {
            wholes.note(left, notes & (GUESSED | SAID));
        } else {
            wholes.note(left, notes & (GUESSED | SAID | LOST));
            wholes.touch(left, wholes.since(rest));
        }
        wholes.end(left, wholes.end(rest));
        int across = extents.behind(wholes.root(rest), position);
        boolean isAcross = across != 0 && extents.from(across) < position
                && (position <= segment.from || position >= segment.behind);
        wholes.split(rest, left, position);
        wholes.reach(left, wholes.reach(rest));
        if (skipped > 0) {
            piece(segment.from, position);
            wholes.put(left);
        }
        wholes.putAside(left);
        rest = find(at);
        if (rest == 0) {
            return false;
        }
        wholes.advance(rest, position);
        if (isAcross) {
            int of = find(hole + 1L);
            find(at);
            if (!putBehind(rest, of, position)) {
                return false;
            }
        }
        wholes.reach(rest, position);
        wholes.mark(rest, Piece.UNKNOWN);
        wholes.waits(rest, Piece.UNKNOWN);
        wholes.end(rest, Piece.UNKNOWN);
        // A hole goes on without its begin: it says what is missing where the stream went on.
        wholes.note(rest, at == 0 ? notes & ~(GUESSED | SAID) : notes & ~(GUESSED | LOST));
        stream = find(0);
        if (stream != 0) {
            wholes.note(stream, wholes.note(stream) | FIRST_HOLE << hole);
        }
        return find(at) != 0;
    }

    /** Puts to a stream what lies behind a position of the last extent of a hole; false if there is no memory. */
    private boolean putBehind(int rest, int hole, long position) {
        int across = hole == 0 ? 0 : extents.behind(wholes.root(hole), position);
        if (across == 0) {
            return true;
        }
        long at = extents.at(across) + position - extents.from(across);
        int length = (int) (extents.to(across) - position);
        header.clear();
        header.append(extents.octets(across), at, length);
        Piece piece = wholes.piece();
        if (extents.octets(across) == capture) {
            piece.over(wholes, source, at, length);
        } else {
            piece.over(header.octets(), extents.sourceOf(across), 0, length);
        }
        piece.offset(position).seen(extents.frame(across), extents.record(across), segment.timeNanos);
        return wholes.put(rest) != Fault.WHOLE_GIVEN_UP;
    }

    /** Gives up what waits; the stream stays, at another place. */
    private void restart(int stream, Fault why, long position, int notes) {
        long first = wholes.limit(stream);
        long kept = wholes.note(stream) & ~(LOST | UNSEEN | IN_VAIN | GUESSED | SAID);
        wholes.abandon(stream, why);
        open(position, first, kept | notes);
        isRestarted = true;
    }

    /** Adds the segment, and takes out the messages that it completes; none of them may reach beyond {@code limit}. */
    private void append(int stream, long limit) {
        long begin = wholes.begin(stream);
        long reach = wholes.reach(stream);
        long first = Math.max(segment.from, begin);
        boolean isAlone = wholes.root(stream) == 0 && segment.from <= reach;
        if (segment.from <= reach && segment.behind > reach) {
            wholes.waits(stream, Piece.UNKNOWN);
            wholes.note(stream, wholes.note(stream) & ~SAID);
        }
        if (isAlone) {
            takeOut(stream, limit, true, wholes.reach(stream, segment.behind), reach);
        } else if (put(stream, first) && segment.from <= reach) {
            takeOut(stream, limit, false, wholes.reach(stream, reach), reach);
        }
    }

    /**
     * Takes out the messages that are there.
     *
     * @param isAlone whether nothing waits but the segment, which was not put to it
     * @param now up to where all is there
     * @param reach up to where all was
     */
    private void takeOut(int stream, long limit, boolean isAlone, long now, long reach) {
        long begin = wholes.begin(stream);
        long row = begin;
        long border = begin;
        long end = wholes.end(stream);
        long searched = reach;
        Fault broken = Fault.NONE;
        boolean isRefused = false;
        while (broken == Fault.NONE && border < limit) {
            if (end == Piece.UNKNOWN) {
                end = end(stream, border, now, searched);
                if (end == Long.MAX_VALUE) {
                    end = Piece.UNKNOWN;
                    break;
                }
                if (end < border || end > limit) {
                    broken = Fault.STREAM_UNREADABLE;
                    break;
                }
            }
            if (isInDoubt(border, end)) {
                broken = Fault.PIECE_CONFLICT;
                break;
            }
            if (end > now) {
                break;
            }
            if (isDisputed(border, end)) {
                row(stream, row, border);
                wholes.refuse(stream, border, end, Fault.PIECE_CONFLICT);
                isRefused = true;
                row = end;
                report(Fault.PIECE_CONFLICT, segment.at(Math.max(border, segment.from)));
            }
            border = end;
            searched = end;
            end = Piece.UNKNOWN;
        }
        boolean isGuessed = (wholes.note(stream) & GUESSED) != 0;
        if (broken != Fault.NONE && isGuessed) {
            border = begin;
        } else if (border > begin) {
            row(stream, row, border);
            wholes.note(stream, wholes.note(stream) & ~GUESSED);
        }
        if (broken != Fault.NONE) {
            report(broken, segment.at(Math.max(border, segment.from)));
            giveUp(stream, broken, limit == Long.MAX_VALUE ? Math.max(now, segment.sentTo) : border, limit);
            return;
        }
        boolean isCut = segment.sentTo > segment.behind && now == segment.behind && border >= segment.from
                && border < now && end != Piece.UNKNOWN && end <= segment.sentTo;
        if (isCut) {
            // No more of it will come: what is there is read.
            messages.add(stream, segment, border, now, end);
            border = end;
            end = Piece.UNKNOWN;
        }
        wholes.advance(stream, border);
        wholes.end(stream, end);
        isPiece |= isRefused || border < segment.behind && segment.behind <= now;
        if (isAlone && border < now) {
            piece(border, now);
            if (wholes.put(stream) != Fault.NONE) {
                packet.report(Layer.TCP, Fault.WHOLE_GIVEN_UP, segment.dataAt);
            }
        }
    }

    /** Whether what says where a message ends came in two ways. */
    private boolean isInDoubt(long border, long end) {
        int delimiter = framing.delimiter().length;
        return delimiter > 0 ? isDisputed(end - delimiter, end) : isDisputed(border, border + framing.headerLength());
    }

    /** Messages that are complete, one behind the other. */
    private void row(int stream, long first, long last) {
        if (first < last) {
            messages.add(stream, segment, first, last, last);
        }
    }

    /** Fills the piece with octets of the segment. */
    private void piece(long first, long last) {
        segment.into(wholes, source, capture, first, last);
    }

    /** Gives up what waits: where the next message begins is not known. */
    private void giveUp(int stream, Fault why, long position, long limit) {
        if (limit == Long.MAX_VALUE) {
            restart(stream, why, position, LOST);
            return;
        }
        long since = wholes.since(stream);
        wholes.abandon(stream, why);
        piece(position, position);
        int rest = position < limit ? wholes.openStream(position) : 0;
        if (rest != 0) {
            wholes.limit(rest, limit);
            wholes.note(rest, LOST | SAID);
            wholes.touch(rest, since);
        }
    }

    // Where messages end.

    /**
     * Where the message ends that begins at {@code border}: before that, if none begins there; {@link Long#MAX_VALUE} if that
     * cannot be told yet.
     *
     * @param reach what is there
     * @param searched up to where no delimiter begins that ends there
     */
    private long end(int stream, long border, long reach, long searched) {
        byte[] delimiter = framing.delimiter();
        if (delimiter.length > 0) {
            long found = delimiter(stream, Math.max(border, searched - delimiter.length + 1), reach);
            return found != Long.MAX_VALUE || reach - border <= MOST ? found : border - 1;
        }
        int needed = framing.headerLength();
        if (reach - border < needed) {
            return Long.MAX_VALUE;
        }
        long length = lengthAt(stream, border, needed);
        return length == Framing.NO_MESSAGE || length > MOST ? border - 1 : border + length;
    }

    private boolean isLikely(int stream, long border, int needed) {
        if (border >= segment.from && border + needed <= segment.behind) {
            return framing.isMessage(packet.octets(), segment.at(border));
        }
        header(stream, border, needed);
        return framing.isMessage(header.octets(), 0);
    }

    private long lengthAt(int stream, long border, int needed) {
        if (border >= segment.from && border + needed <= segment.behind) {
            return framing.length(packet.octets(), segment.dataAt + border - segment.from, needed);
        }
        int extent = extents.behind(wholes.root(stream), border);
        if (extents.to(extent) - border >= needed) {
            return framing.length(extents.octets(extent), extents.at(extent) + border - extents.from(extent), needed);
        }
        header(stream, border, needed);
        return framing.length(header.octets(), 0, needed);
    }

    private void header(int stream, long border, long needed) {
        header.clear();
        for (long position = border; position < border + needed;) {
            int extent = extents.behind(wholes.root(stream), position);
            long to = Math.min(border + needed, extents.to(extent));
            header.append(extents.octets(extent), extents.at(extent) + position - extents.from(extent), to - position);
            position = to;
        }
    }

    /** The position behind the first delimiter that begins at {@code position} or behind; else {@link Long#MAX_VALUE}. */
    private long delimiter(int stream, long position, long reach) {
        byte[] delimiter = framing.delimiter();
        int extent = 0;
        int matched = 0;
        for (long each = position; each < reach; each++) {
            int octet;
            if (each >= segment.from && each < segment.behind) {
                octet = packet.octets().u8(segment.dataAt + each - segment.from);
            } else {
                if (extent == 0 || each >= extents.to(extent) || each < extents.from(extent)) {
                    extent = extents.behind(wholes.root(stream), each);
                }
                octet = extents.octets(extent).u8(extents.at(extent) + each - extents.from(extent));
            }
            if (octet == (delimiter[matched] & 0xFF)) {
                if (++matched == delimiter.length) {
                    return each + 1;
                }
            } else {
                each -= matched;
                matched = 0;
            }
        }
        return Long.MAX_VALUE;
    }

    /** What the last segment completed. */
    public StreamMessages messages() {
        return messages;
    }

    /** Whether octets of the last segment wait for others. */
    public boolean isPiece() {
        return isPiece;
    }

    /** Whether octets before the last segment had not come with it; they may come yet. */
    public boolean isBehindGap() {
        return isBehindGap;
    }

    /** Whether the last segment is where a stream is entered whose beginning was not seen. */
    public boolean isJoined() {
        return isJoined;
    }

    /** Who is told of the segments that are taken. */
    public void seam(Seam seam) {
        this.seam = seam;
    }

    /** Tells of the segments that streams are known by, for frames to come after {@code nowNanos}. */
    public void open(long nowNanos, Seam to) {
        wholes.passed(nowNanos);
        for (int stream = wholes.oldestOpen(); stream != 0; stream = wholes.next(stream)) {
            Key key = wholes.key().of(wholes.window(stream));
            int kept = (int) wholes.note(stream) / KEPT_FRAME;
            boolean isHole = wholes.keyWord(stream, key.count() - 1) != 0;
            boolean isOver = (wholes.note(stream) & CLOSED) != 0 && wholes.root(stream) == 0;
            if (kept > MOST_FRAMES && !isHole && !isOver) {
                to.forgotten(kept);
            } else if (kept <= MOST_FRAMES && !isHole) {
                long digest = key.named(true);
                int last = wholes.aside(stream);
                for (int each = last == 0 ? 0 : extents.aside(last, 0); each != 0; each = extents.aside(last, each)) {
                    to.open(digest, extents.sourceOf(each), extents.frame(each));
                }
            }
        }
    }

    /** How many messages are not complete. */
    public int open() {
        int open = 0;
        for (int stream = wholes.oldestOpen(); stream != 0; stream = wholes.next(stream)) {
            open += wholes.root(stream) == 0 ? 0 : 1;
        }
        return open;
    }

    /** Takes a fault, while the stream is at the segment that has it. */
    public interface Unsaid {
        void fault(Fault fault);
    }

    /**
     * What no segment said of a stream that waits when there are no more frames: that octets before it are missing, of the
     * segment with which it went on behind them, or of those that wait; or of these that no message begins in them.
     */
    public static void unsaid(Whole stream, Unsaid to) {
        boolean isHole = stream.keyWord(stream.keyWords() - 1) != 0;
        boolean isSaid = (stream.note() & SAID) != 0;
        boolean isLost = !isHole && (stream.note() & LOST) != 0;
        if (isHole && !isSaid && stream.firstAside()) {
            to.fault(Fault.STREAM_GAP);
        } else if (!isHole && !isSaid) {
            for (stream.plain().rewind(); stream.next();) {
                if (isLost || stream.from() >= stream.reach()) {
                    to.fault(isLost ? Fault.STREAM_UNREADABLE : Fault.STREAM_GAP);
                }
            }
        }
        stream.rewind();
    }

    /** Octets of memory that are held for what is not complete. */
    public long bytes() {
        return wholes.bytes();
    }

    /** There are no more frames: all that waits is handed over, and everything is forgotten. */
    public void end() {
        wholes.end();
    }

    /** Forgets everything. */
    public void clear() {
        wholes.clear();
    }

    @Override
    public void close() {
        wholes.close();
        header.close();
        messages.close();
    }
}

package io.seidex.store;

import io.seidex.capture.Frame;
import io.seidex.fault.Layer;
import io.seidex.reassemble.Seam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The pieces at either end of a shard's parts, in the shard's file {@code ends}: every piece that came in the first
 * {@value #LIFE_SECONDS} s of a part, since it may belong to a whole that began before it; those that follow under the same
 * keys, as long as none is silent for {@value #LIFE_SECONDS} s; and the pieces of what was open at the part's end, for the
 * rest comes later. A piece is a key, {@link Seam}, and the number of the frame that brought it; where the frame is, and when
 * it was captured, is in its document.
 *
 * <p>Those that follow are looked at only where the part alone takes the wrong pieces together: a sender that uses one identity
 * for all its messages is out of step for ever if the part begins within one. They are known by that their key never was
 * silent for as long as a whole waits; then what follows is the same whatever came before. Of most keys, which are not used
 * again, there are none, and of streams few, since it shows soon where messages begin.
 *
 * <pre>
 *  octets  0-7    "SEIDEX E"
 *          8-11   format 3, number of layers
 *         12-15   CRC-32C of what follows
 *         16-     for each part: the number of pieces near its begin, those; likewise those that
 *                 follow under their keys; likewise the open ones
 *  piece          key, 8 octets; difference of the frame's number to that of the piece before, times two, zig-zag; plus
 *                 1 if a whole begins with it. Numbers in 7 bits an octet, the least significant first, bit 8 set in all
 *                 but the last
 * </pre>
 *
 * <p>Streams may be silent for {@value #STREAM_SECONDS} s. Of one whose first segment comes so late, the pieces are listed, too, up to
 * where it is known where its messages begin.
 *
 * <p>At most {@value #MOST} pieces are kept of each kind, the first ones: what has no room is counted. What cannot be
 * read, for a file of another version, is nothing.
 */
final class Ends {
    /** No datagram and no message waits longer for its pieces. */
    static final int LIFE_SECONDS = 60;
    static final long LIFE_NANOS = LIFE_SECONDS * 1_000_000_000L;
    /** A stream does. */
    static final int STREAM_SECONDS = 600;
    static final long STREAM_NANOS = STREAM_SECONDS * 1_000_000_000L;
    static final int MOST = 1 << 18;

    private static final long MAGIC = 0x5345_4944_4558_2045L;
    /** Layers are words of keys by their ordinals. */
    private static final int FORMAT = 3 << 16 | Layer.count();

    private Ends() {}

    /** How long what a key names may wait. */
    static long lifeNanos(long key) {
        return Seam.isLasting(key) ? STREAM_NANOS : LIFE_NANOS;
    }

    /** A list of pieces: keys, and the frame's number times two, plus 1 if a whole begins with the piece. */
    static final class Pieces {
        static final Pieces EMPTY = new Pieces();

        private long[] keys = {};
        private long[] frames = {};
        private int size;

        boolean add(long key, long frame, boolean begins) {
            if (size == MOST) {
                return false;
            }
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, Math.max(64, 2 * size));
                frames = Arrays.copyOf(frames, keys.length);
            }
            keys[size] = key;
            frames[size++] = frame << 1 | (begins ? 1 : 0);
            return true;
        }

        void clear() {
            size = 0;
        }

        int size() {
            return size;
        }

        long key(int index) {
            return keys[index];
        }

        long frame(int index) {
            return frames[index] >>> 1;
        }

        boolean begins(int index) {
            return (frames[index] & 1) != 0;
        }
    }

    /**
     * The pieces at both ends of a part.
     *
     * @param further those behind the begin whose keys are among those of the begin, and were never silent since
     */
    record OfPart(Pieces begin, Pieces further, Pieces end) {
        static final OfPart NONE = new OfPart(Pieces.EMPTY, Pieces.EMPTY, Pieces.EMPTY);
    }

    /** Collects what reassembly tells, part by part, and makes the file of it. */
    static final class Writer implements Seam {
        private static final long SETTLED = Long.MIN_VALUE;

        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final Pieces begin = new Pieces();
        private final Pieces further = new Pieces();
        private final Pieces end = new Pieces();
        /** The keys of the begin, ascending, once it is over; and when the last piece of each came, or {@link #SETTLED}. */
        private long[] keys = {};
        private long[] heardNanos = keys;
        private int known;
        private boolean isKnown;
        /** Streams that began later than that and have settled, ascending. */
        private long[] late = {};
        private int settled;
        private Frame frame;
        private LongSupplier firstNanos;
        private boolean isNear;
        private boolean isNearStream;
        private long dropped;

        /** Forgets everything: another shard begins. */
        void clear() {
            octets.reset();
        }

        /**
         * A part begins.
         *
         * @param frame the window that its frames come in
         * @param firstNanos the earliest time of a frame before the one in the window, anything above if there was none
         */
        void begin(Frame frame, LongSupplier firstNanos) {
            this.frame = frame;
            this.firstNanos = firstNanos;
            begin.clear();
            further.clear();
            end.clear();
            known = 0;
            isKnown = false;
            settled = 0;
            isNear = true;
            isNearStream = true;
            dropped = 0;
        }

        @Override
        public void offered(long key, boolean begins) {
            if (frame.hasTime()) {
                long since = frame.timeNanos() - Math.min(frame.timeNanos(), firstNanos.getAsLong());
                isNear = since <= LIFE_NANOS;
                isNearStream = since <= STREAM_NANOS;
            }
            if (isNear || isLate(key)) {
                dropped += begin.add(key, frame.number(), begins) ? 0 : 1;
            } else if (goesOn(key)) {
                dropped += further.add(key, frame.number(), begins) ? 0 : 1;
            }
        }

        /** Whether a stream was silent up to now and for longer than others wait, and is not settled. */
        private boolean isLate(long key) {
            return isNearStream && Seam.isLasting(key) && place(key) < 0
                    && Arrays.binarySearch(late, 0, settled, key) < 0;
        }

        /** The place of a key among those of the begin, which is over. */
        private int place(long key) {
            if (!isKnown) {
                know();
            }
            return Arrays.binarySearch(keys, 0, known, key);
        }

        @Override
        public void settled(long key) {
            if (isNear) {
                return;
            }
            int place = place(key);
            if (place >= 0) {
                heardNanos[place] = SETTLED;
            } else if (isLate(key)) {
                int at = -1 - Arrays.binarySearch(late, 0, settled, key);
                late = settled < late.length ? late : Arrays.copyOf(late, Math.max(16, 2 * settled));
                System.arraycopy(late, at, late, at + 1, settled++ - at);
                late[at] = key;
            }
        }

        /** Whether a piece that is not near the begin has a key that was there, and was never silent since. */
        private boolean goesOn(long key) {
            int place = place(key);
            if (place < 0 || heardNanos[place] == SETTLED) {
                return false;
            }
            boolean goesOn = !frame.hasTime() || frame.timeNanos() - heardNanos[place] <= lifeNanos(key);
            heardNanos[place] =
                    !goesOn ? SETTLED : frame.hasTime() ? Math.max(heardNanos[place], frame.timeNanos())
                            : heardNanos[place];
            return goesOn;
        }

        /** Looks up the keys of the begin; all were heard at its end, for that is not kept. */
        private void know() {
            isKnown = true;
            if (keys.length < begin.size()) {
                keys = new long[begin.keys.length];
                heardNanos = new long[keys.length];
            }
            System.arraycopy(begin.keys, 0, keys, 0, begin.size());
            Arrays.sort(keys, 0, begin.size());
            for (int i = 0; i < begin.size(); i++) {
                if (i == 0 || keys[i] != keys[i - 1]) {
                    keys[known++] = keys[i];
                }
            }
            Arrays.fill(heardNanos, 0, known, firstNanos.getAsLong() + LIFE_NANOS);
        }

        @Override
        public void open(long key, int source, long openFrame) {
            if (!end.add(key, openFrame, false)) {
                dropped++;
            }
        }

        @Override
        public void forgotten(int pieces) {
            dropped += pieces;
        }

        /** The part has ended; {@code wholes} were open. */
        Manifest.EndsRow end(long wholes) {
            write(begin);
            write(further);
            write(end);
            return new Manifest.EndsRow(begin.size(), end.size(), wholes, dropped);
        }

        private void write(Pieces pieces) {
            number(pieces.size);
            long last = 0;
            for (int i = 0; i < pieces.size; i++) {
                for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                    octets.write((int) (pieces.keys[i] >>> shift));
                }
                long difference = pieces.frame(i) - last;
                number((difference << 1 ^ difference >> 63) << 1 | pieces.frames[i] & 1);
                last = pieces.frame(i);
            }
        }

        private void number(long value) {
            long rest = value;
            for (; rest >>> 7 != 0; rest >>>= 7) {
                octets.write((int) rest & 0x7F | 0x80);
            }
            octets.write((int) rest);
        }

        /** The file of the shard; null if no part has any pieces. */
        byte[] file() {
            byte[] content = octets.toByteArray();
            boolean isEmpty = true;
            for (byte octet : content) {
                isEmpty &= octet == 0;
            }
            if (isEmpty) {
                return null;
            }
            byte[] file = new byte[Sealed.HEADER + content.length];
            System.arraycopy(content, 0, file, Sealed.HEADER, content.length);
            Sealed.seal(file, MAGIC, FORMAT);
            return file;
        }
    }

    /** The ends of all parts of a shard, in their order. */
    static List<OfPart> of(Shard shard) throws IOException {
        List<OfPart> parts = new ArrayList<>();
        try {
            ByteBuffer file =
                    Sealed.content(Files.readAllBytes(shard.path().resolve(Layout.ENDS)), MAGIC, FORMAT);
            while (file != null && file.hasRemaining()) {
                parts.add(new OfPart(read(file), read(file), read(file)));
            }
        } catch (NoSuchFileException e) {
            // No part has pieces.
        }
        while (parts.size() < shard.manifest().parts().size()) {
            parts.add(OfPart.NONE);
        }
        return parts;
    }

    private static Pieces read(ByteBuffer file) {
        Pieces pieces = new Pieces();
        long frame = 0;
        for (long rest = number(file); rest > 0; rest--) {
            long key = file.getLong();
            long word = number(file);
            long difference = word >>> 2 ^ -(word >>> 1 & 1);
            frame += difference;
            pieces.add(key, frame, (word & 1) != 0);
        }
        return pieces;
    }

    private static long number(ByteBuffer file) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte octet = file.get();
            value |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }
}

package io.seidex.query.output;

import io.seidex.schema.ValueFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text under construction, as UTF-8. It grows to the longest line and stays. */
public final class TextBuffer {
    private byte[] octets = new byte[1024];
    private int length;

    public int length() {
        return length;
    }

    /** What was written; valid until the next write. */
    public byte[] octets() {
        return octets;
    }

    public void clear() {
        length = 0;
    }

    /** The octets, with room for so many more behind the {@link #length}. */
    public byte[] room(int count) {
        reserve(count);
        return octets;
    }

    /** Ends the text at a length: what was written into the {@link #room} before it belongs to it. */
    public void end(int length) {
        this.length = length;
    }

    public TextBuffer put(char ascii) {
        reserve(1);
        octets[length++] = (byte) ascii;
        return this;
    }

    public TextBuffer put(byte[] source, int at, int count) {
        reserve(count);
        System.arraycopy(source, at, octets, length, count);
        length += count;
        return this;
    }

    public TextBuffer put(byte[] source) {
        return put(source, 0, source.length);
    }

    /** For texts that are not ASCII, or not short, keep the octets instead. */
    public TextBuffer put(String text) {
        reserve(3 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                return put(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            octets[length++] = (byte) c;
        }
        return this;
    }

    /** An unsigned number. */
    public TextBuffer putUnsigned(long value) {
        length = ValueFormat.decimal(value, room(ValueFormat.MAX_NUMBER), length);
        return this;
    }

    /** A number from 0, with as many digits as are asked for; what is above them is lost. */
    public TextBuffer putPadded(long value, int digits) {
        reserve(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            octets[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Writes everything out, and begins again. */
    public void flushTo(OutputStream out) throws IOException {
        out.write(octets, 0, length);
        length = 0;
    }

    private void reserve(int count) {
        if (octets.length - length < count) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
    }

    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}

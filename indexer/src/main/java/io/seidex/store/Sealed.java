package io.seidex.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Files of which a part that is lost or damaged is as good as none.
 * <pre>
 *  octets  0-7   what the file is
 *          8-11  the format of its content
 *         12-15  CRC-32C of the content
 *         16-    content
 * </pre>
 */
final class Sealed {
    static final int HEADER = 16;

    private Sealed() {}

    /** Writes the header into the first octets of a file, which are kept free for it. */
    static void seal(byte[] file, long magic, int format) {
        ByteBuffer.wrap(file).putLong(magic).putInt(format).putInt(sum(file));
    }

    /** The content of a file; null if it is another, or damaged. */
    static ByteBuffer content(byte[] file, long magic, int format) {
        ByteBuffer octets = ByteBuffer.wrap(file);
        boolean isSound = file.length >= HEADER && octets.getLong() == magic && octets.getInt() == format
                && octets.getInt() == sum(file);
        return isSound ? octets : null;
    }

    private static int sum(byte[] file) {
        CRC32C sum = new CRC32C();
        sum.update(file, HEADER, file.length - HEADER);
        return (int) sum.getValue();
    }
}

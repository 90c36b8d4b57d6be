package io.seidex.traffic;

import java.io.IOException;

/**
 * Pieces of wholes that claim to be as large as they may be and never become complete, so many open at once: whoever keeps
 * them must keep within bounds.
 *
 * <p>One piece of each whole comes after the other, the last one first; a piece never touches another. A microsecond lies
 * between two frames, so nothing is too old before sixty million.
 */
public enum Flood {
    /** Fragments of IPv4 datagrams of 64 KiB; beyond 65,536, the source address changes. */
    FRAGMENTS {
        @Override
        void piece(PacketBuilder p, long identity, long round) {
            source[1] = (byte) (identity >>> 32);
            source[2] = (byte) (identity >>> 24);
            source[3] = (byte) (identity >>> 16);
            long offset = round == 0 ? LAST : (round - 1) * 2 * LENGTH % LAST;
            p.ipv4(source, DESTINATION, (int) identity & 0xFFFF, (round == 0 ? 0 : 0x2000) | (int) (offset >> 3))
                    .protocol(17).zeros(LENGTH);
        }
    },
    /** Pieces of messages of {@code udp_div}, each of which has 65,535; beyond 65,536, the source port changes. */
    DIVISIONS {
        @Override
        void piece(PacketBuilder p, long identity, long round) {
            long number = round == 0 ? 0xFFFF : 1 + (round - 1) * 2 % 0xFFFE;
            p.ip(source, DESTINATION).udp(20_000 + (int) (identity >>> 16), 4352)
                    .u16((int) identity).u16((int) number).u16(0xFFFF).zeros(LENGTH);
        }
    };

    private static final int LENGTH = 64;
    private static final int LAST = 65_440;
    private static final byte[] DESTINATION = Bytes.address("198.51.100.1");
    private static final int STEP_NANOS = 1_000;

    final byte[] source = Bytes.address("10.0.0.1");

    abstract void piece(PacketBuilder p, long identity, long round);

    /** Writes frames that are pieces of so many wholes. */
    public void write(CaptureWriter writer, long wholes, long frames) throws IOException {
        PacketBuilder p = new PacketBuilder();
        for (long i = 0; i < frames; i++) {
            p.reset().ethernet();
            piece(p, i % wholes, i / wholes);
            p.finish();
            writer.packet(CaptureBuilder.START + i * STEP_NANOS, p.buffer(), 0, p.length());
        }
    }
}

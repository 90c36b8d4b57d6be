package io.seidex.decode;

/**
 * Radiotap header, radiotap.org: LINKTYPE_IEEE802_11_RADIOTAP (127). Everything is in little-endian order.
 * <pre>
 *  octet    0    version, 0
 *  octets  2-3   length, header included
 *          4-7   which fields are present; bit 31: four more such octets follow
 *           -    time stamp, 8 octets at a multiple of 8; only if bit 0
 *           -    flags; only if bit 1: 0x20 says that the 802.11 header is padded to a multiple of 4
 * </pre>
 */
public final class RadiotapHeader extends CaptureHeader {
    private static final int PRESENT = 4;
    private static final int MORE = 0x80;

    public boolean isPadded() {
        int present = u8(PRESENT);
        if ((present & 2) == 0) {
            return false;
        }
        int length = headerLength();
        int fields = PRESENT + 4;
        while (fields + 4 <= length && (u8(fields - 1) & MORE) != 0) {
            fields += 4;
        }
        int flags = (present & 1) == 0 ? fields : (fields + 7 & ~7) + 8;
        return flags < length && (u8(flags) & 0x20) != 0;
    }
}

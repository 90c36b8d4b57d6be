package io.seidex.decode;

/**
 * Header of CACE's per-packet information: LINKTYPE_PPI (192). Everything is in little-endian order.
 * <pre>
 *  octet    0    version, 0
 *           1    flags
 *  octets  2-3   length, header included
 *          4-7   link type of what follows
 *           8-   fields: type (2 octets), length (2 octets), value
 * </pre>
 */
public final class PpiHeader extends CaptureHeader {
    public int linkType() {
        return (int) octets.u32le(at + 4);
    }
}

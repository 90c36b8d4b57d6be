package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * IP over InfiniBand, RFC 4391 6, behind the global routing header: LINKTYPE_IPOIB (242).
 * <pre>
 *  octets  0-39  global routing header
 *         40-41  EtherType
 *         42-43  reserved
 * </pre>
 */
public final class IpoibHeader extends Flyweight {
    public static final int LENGTH = 44;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int type() {
        return u16(40);
    }
}

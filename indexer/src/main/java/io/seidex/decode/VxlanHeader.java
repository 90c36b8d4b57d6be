package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * VXLAN header, RFC 7348 5; that of VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe) tells what follows.
 * <pre>
 *  octet    0    flags
 *  octets  1-2   group policy, or reserved
 *           3    GPE: next protocol
 *          4-6   network identifier
 *           7    reserved
 * </pre>
 */
public final class VxlanHeader extends Flyweight {
    public static final int LENGTH = 8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int networkId() {
        return u24(4);
    }

    /** Meaningful only of VXLAN-GPE. */
    public int nextProtocol() {
        return u8(3);
    }
}

package io.seidex.schema;

import io.seidex.octets.Octets;

/**
 * What the datagrams of a flow share: addresses, protocol, ports, and the Community ID of these. A window that
 * {@link Extraction} moves from IP header to IP header.
 *
 * <p>For whoever keeps flows, one is five words: the addresses, of IPv4 in the low words, and {@link #rest()}, from which
 * {@link CommunityId#of(long, long, long, long, long)} follows.
 */
public final class Flow {
    private final CommunityId communityId = new CommunityId();

    private Octets octets = Octets.EMPTY;
    private long sourceAt;
    private int addressLength;
    private int protocol;
    private IndexField sourcePortField;
    private IndexField destinationPortField;
    private int sourcePort;
    private int destinationPort;
    private boolean oneWay;
    private boolean isFirst;

    /** @param sourceAt where the source address begins; the destination's is behind it */
    public void over(Octets octets, long sourceAt, int addressLength, int protocol) {
        this.octets = octets;
        this.sourceAt = sourceAt;
        this.addressLength = addressLength;
        this.protocol = protocol;
        sourcePortField = null;
        destinationPortField = null;
        sourcePort = CommunityId.NO_PORTS;
        destinationPort = CommunityId.NO_PORTS;
        oneWay = false;
        isFirst = false;
    }

    /** @param isFirst whether the packet has no ports before these */
    public void ports(IndexField sourceField, int source, IndexField destinationField, int destination,
            boolean isFirst) {
        sourcePortField = sourceField;
        sourcePort = source;
        destinationPortField = destinationField;
        destinationPort = destination;
        this.isFirst = isFirst;
    }

    /** An ICMP or ICMPv6 message has no ports; its type and the answer's, or its code, tell flows apart. */
    public void icmp(int type, int code) {
        int answer = CommunityId.answer(protocol, type);
        oneWay = answer == CommunityId.NOT_ANSWERED;
        sourcePort = type;
        destinationPort = oneWay ? code : answer;
    }

    public boolean isIpv6() {
        return addressLength == 16;
    }

    public long sourceHigh() {
        return isIpv6() ? octets.i64(sourceAt) : 0;
    }

    public long sourceLow() {
        return isIpv6() ? octets.i64(sourceAt + 8) : octets.u32(sourceAt);
    }

    public long destinationHigh() {
        return isIpv6() ? octets.i64(sourceAt + 16) : 0;
    }

    public long destinationLow() {
        return isIpv6() ? octets.i64(sourceAt + 24) : octets.u32(sourceAt + 4);
    }

    /** Protocol, ports, and which kinds of these and of addresses they are; never 0. */
    public long rest() {
        return CommunityId.rest(addressLength, protocol, sourcePort, destinationPort, oneWay);
    }

    public boolean hasPorts() {
        return sourcePortField != null;
    }

    /** Which field the source port is a value of; null without ports. */
    public IndexField sourcePortField() {
        return sourcePortField;
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    /** Whether these are the ports of the document itself. */
    public boolean isFirst() {
        return isFirst;
    }

    /** Hands over the values one by one. */
    void giveTo(ValueSink sink) {
        sink.octets(isIpv6() ? PacketSchema.IPV6_SRC : PacketSchema.IP_SRC, octets, sourceAt, addressLength);
        sink.octets(
                isIpv6() ? PacketSchema.IPV6_DST : PacketSchema.IP_DST, octets, sourceAt + addressLength,
                addressLength);
        byte[] id =
                communityId.of(sourceHigh(), sourceLow(), destinationHigh(), destinationLow(), rest());
        sink.text(PacketSchema.COMMUNITY_ID, id, CommunityId.LENGTH);
        if (isFirst) {
            sink.header(sourcePortField, sourcePort);
            sink.header(destinationPortField, destinationPort);
        } else if (hasPorts()) {
            sink.number(sourcePortField, sourcePort);
            sink.number(destinationPortField, destinationPort);
        }
    }
}

package io.seidex.schema;

import io.seidex.schema.IndexField.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.util.BytesRef;

/** What the terms of fields look like. Whoever writes terms and whoever looks for them agree here. */
public final class FieldTerms {
    private static final int ADDRESS = 16;

    private FieldTerms() {}

    /** The term of a number of {@link Kind#UNSIGNED}: as many octets as the field has, big-endian. */
    public static BytesRef number(IndexField field, long value) {
        byte[] term = new byte[field.octets()];
        for (int i = term.length; i-- > 0; value >>>= 8) {
            term[i] = (byte) value;
        }
        return new BytesRef(term);
    }

    /** The number that such a term is of. */
    public static long number(BytesRef term) {
        long value = 0;
        for (int i = 0; i < term.length; i++) {
            value = value << Byte.SIZE | term.bytes[term.offset + i] & 0xFF;
        }
        return value;
    }

    /** The term of a text, or of a word of {@link Kind#LABEL}. */
    public static BytesRef text(String text) {
        return new BytesRef(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The term of an address of 4 or 16 octets, of a Community ID's 20. */
    public static BytesRef octets(byte[] octets) {
        return new BytesRef(octets);
    }

    /** The term of an endpoint key; see {@link ValueSink#endpoint}. */
    public static BytesRef endpoint(IndexField field, long high, long low, long id) {
        boolean seid = field.kind() == Kind.SEID_ENDPOINT;
        ByteBuffer term = ByteBuffer.allocate(ADDRESS + (seid ? Long.BYTES : Integer.BYTES));
        term.putLong(high).putLong(low);
        return new BytesRef((seid ? term.putLong(id) : term.putInt((int) id)).array());
    }

    /** The begin of every endpoint key of an address of 4 or 16 octets. */
    public static BytesRef endpoints(byte[] address) {
        ByteBuffer prefix = ByteBuffer.allocate(ADDRESS);
        if (address.length == ADDRESS) {
            prefix.put(address);
        } else {
            prefix.position(ADDRESS - address.length - 2);
            prefix.putShort((short) 0xFFFF).put(address);
        }
        return new BytesRef(prefix.array());
    }
}

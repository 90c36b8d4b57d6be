package io.seidex.schema;

import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.Layout;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.Member;
import io.seidex.dictionary.MemberType;
import io.seidex.dictionary.Program;
import io.seidex.dictionary.ValueText;
import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.ArrayList;
import java.util.List;

/** Reads the indexed fields of declared protocols, from headers of datagrams and from messages. One for each thread. */
final class DeclaredValues {
    /** More of a text is no term. */
    private static final int TEXT_LIMIT = 32_766;

    private final List<Values> headers = new ArrayList<>();
    private final List<Values> messages = new ArrayList<>();
    private final LayoutReader reader = new LayoutReader();
    private final byte[] scratch = new byte[TEXT_LIMIT];

    /** @param fields by member; null of one that is not indexed */
    private record Values(Program program, MemberType[] types, IndexField[] fields) {}

    DeclaredValues(PacketSchema schema) {
        for (DeclaredProtocol protocol : schema.declared().all()) {
            headers.add(values(protocol, protocol.header(), schema));
            messages.add(values(protocol, protocol.message(), schema));
        }
    }

    private static Values values(DeclaredProtocol protocol, Layout layout, PacketSchema schema) {
        MemberType[] types = new MemberType[layout.members().size()];
        IndexField[] fields = new IndexField[types.length];
        for (Member member : layout.members()) {
            types[member.index()] = member.type();
            fields[member.index()] = schema.field(protocol.fieldName(member)).orElse(null);
        }
        return new Values(layout.checkedProgram(member -> fields[member.index()] != null), types, fields);
    }

    /** Hands over what a header says. */
    void header(int protocol, Octets octets, long at, int available, ValueSink sink) {
        read(headers.get(protocol), octets, at, available, sink, false);
    }

    /** Hands over what a message says, for its document to keep; what was wrong with it, if anything. */
    Fault message(int protocol, Octets octets, long at, long length, ValueSink sink) {
        read(messages.get(protocol), octets, at, (int) Math.min(Integer.MAX_VALUE, length), sink, true);
        return reader.fault();
    }

    private void read(Values values, Octets octets, long at, int length, ValueSink sink, boolean isKept) {
        for (reader.over(values.program, octets, at, length); reader.next();) {
            int index = reader.index();
            IndexField field = values.fields[index];
            switch (field.kind()) {
                case UNSIGNED -> {
                    if (isKept) {
                        sink.header(field, reader.number());
                    } else {
                        sink.number(field, reader.number());
                    }
                }
                case TEXT -> {
                    int size = ValueText.write(values.types[index], octets, reader.at(), reader.length(), scratch);
                    sink.text(field, scratch, size);
                }
                default -> sink.octets(field, octets, reader.at(), reader.length());
            }
        }
    }
}

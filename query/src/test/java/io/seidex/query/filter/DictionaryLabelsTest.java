package io.seidex.query.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.seidex.dictionary.Dictionaries;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DictionaryLabelsTest {
    @Test
    void shouldKnowTheLabelsOfEveryFieldThatHasSome() {
        for (IndexField field : PacketSchema.builtIn().fields()) {
            if (field.kind() == IndexField.Kind.UNSIGNED && !field.labels().isEmpty()) {
                assertFalse(new DictionaryLabels(Dictionaries::builtIn).of(field).isEmpty(), field.name());
            }
        }
    }

    @Test
    void shouldFindValuesWhateverTheCase() {
        DictionaryLabels labels = new DictionaryLabels(Dictionaries::builtIn);
        assertEquals(Optional.of(NumberSet.Range.of(50)),
                labels.values(PacketSchema.PFCP_MSG_TYPE, "pfcp session establishment request"));
        assertEquals(Optional.of(NumberSet.Range.of(1)),
                labels.values(PacketSchema.PFCP_CAUSE, "Request accepted(success)"));
        assertEquals(Optional.of(NumberSet.Range.of(57)), labels.values(PacketSchema.PFCP_IE_TYPE, "f-seid"));
        assertEquals(Optional.empty(), labels.values(PacketSchema.PFCP_MSG_TYPE, "request"));
        assertEquals(Optional.empty(), labels.values(PacketSchema.PFCP_SEID, "x"));
    }
}

package io.seidex.query.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.seidex.fault.Fault;
import io.seidex.query.dissect.ElementRoles;
import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.NodeText;
import io.seidex.query.dissect.PacketTree;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;

/**
 * Prints packets as JSON, an object a line:
 * <pre>
 * {"capture": "/data/n4.pcap", "frame.number": "3", "layers": [
 *   {"layer": "pfcp", "title": "Packet Forwarding Control Protocol", "at": 42, "length": 40, "nodes": [
 *     {"field": "pfcp.msg_type", "title": "Message Type", "value": "1", "label": "PFCP Heartbeat Request",
 *      "at": 43, "length": 1},
 *     {"element": "Recovery Time Stamp", "type": 96, "at": 50, "length": 8, "nodes": [...]}]}]}
 * </pre>
 * Values are texts as tshark prints them; {@code at} and {@code length} are octets of the frame, absent where there are none.
 * In packets that complete something, {@code views} lists what was put together, and {@code view} says that a node is in one
 * of these. {@code fault} says what is wrong, as the index has it. Integers that only hold bits are left out, as in text.
 */
public final class TreeJsonSink implements TreeSink {
    private final ElementRoles roles;
    private final JsonGenerator json;
    private final TimePrinter times;
    private final NodeText value = new NodeText();
    private final TextBuffer date = new TextBuffer();

    public TreeJsonSink(ElementRoles roles, OutputStream out, ZoneId zone) throws IOException {
        this.roles = roles;
        this.times = new TimePrinter(zone);
        this.json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    public void packet(String capture, String name, PacketTree tree) throws IOException {
        json.writeStartObject();
        json.writeStringField("capture", capture);
        json.writeStringField("frame.number", Long.toUnsignedString(tree.frameNumber()));
        json.writeArrayFieldStart("layers");
        for (int node = 0; node < tree.size(); node = tree.end(node)) {
            node(tree, node);
        }
        json.writeEndArray();
        views(tree);
        json.writeEndObject();
    }

    private void views(PacketTree tree) throws IOException {
        if (tree.views() > 1) {
            json.writeArrayFieldStart("views");
            for (int view = 1; view < tree.views(); view++) {
                json.writeStartObject();
                json.writeNumberField("view", view);
                json.writeStringField("title", tree.viewTitle(view));
                json.writeNumberField("length", tree.viewLength(view));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void node(PacketTree tree, int node) throws IOException {
        Field field = tree.field(node);
        if (field.isHolder()) {
            children(tree, node);
            return;
        }
        json.writeStartObject();
        switch (field.kind()) {
            case LAYER -> json.writeStringField("layer", field.name());
            case ELEMENT -> element(tree, node);
            case VALUE -> json.writeStringField("field", field.name());
        }
        if (field.kind() != Field.Kind.ELEMENT) {
            json.writeStringField("title", field.title());
        }
        if (field.kind() == Field.Kind.VALUE) {
            value(tree, node);
        }
        if (tree.length(node) > 0) {
            if (tree.view(node) > 0) {
                json.writeNumberField("view", tree.view(node));
            }
            json.writeNumberField("at", tree.at(node));
            json.writeNumberField("length", tree.length(node));
        }
        if (tree.fault(node) != Fault.NONE && !field.name().equals("fault")) {
            json.writeStringField("fault", tree.fault(node).label());
        }
        if (tree.end(node) > node + 1) {
            json.writeArrayFieldStart("nodes");
            children(tree, node);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void element(PacketTree tree, int node) throws IOException {
        json.writeStringField("element", tree.field(node).title());
        long type = tree.number(node);
        if (type >>> 32 != 0 && type > 0) {
            json.writeNumberField("enterprise", type >>> 32);
        }
        if (type >= 0) {
            json.writeNumberField("type", type & 0xFFFF_FFFFL);
        }
        String role = roles.of(tree, node);
        if (!role.isEmpty()) {
            json.writeStringField("role", role);
        }
    }

    private void children(PacketTree tree, int node) throws IOException {
        for (int child = node + 1; child < tree.end(node); child = tree.end(child)) {
            node(tree, child);
        }
    }

    private void value(PacketTree tree, int node) throws IOException {
        Field field = tree.field(node);
        json.writeFieldName("value");
        if (field.name().equals("frame.time")) {
            date.clear();
            times.printed(tree.number(node), date);
            json.writeUTF8String(date.octets(), 0, date.length());
        } else {
            value.clear();
            value.print(tree, node);
            json.writeUTF8String(value.octets(), 0, value.length());
        }
        String label = tree.label(node);
        if (!label.isEmpty()) {
            json.writeStringField("label", label);
        }
        String unit = tree.unit(node);
        if (!unit.isEmpty()) {
            json.writeStringField("unit", unit);
        }
    }

    @Override
    public void finish() throws IOException {
        if (json.getOutputContext().hasCurrentIndex()) {
            json.writeRaw('\n');
        }
        json.enable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        json.flush();
    }
}

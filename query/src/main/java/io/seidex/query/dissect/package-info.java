/**
 * Everything that is in one packet: a {@link io.seidex.query.dissect.Dissector} fills a
 * {@link io.seidex.query.dissect.PacketTree} with every layer, element and member, each with the place of its octets.
 * {@link io.seidex.query.dissect.FieldRegistry} knows all fields by name, whether the index holds them or not.
 *
 * <p>Printing fields that are not indexed, testing them, and showing whole packets all read the same tree:
 * <pre>
 * FieldRegistry fields = new FieldRegistry(dictionaries);
 * FieldSet wanted = fields.named("pfcp.apply_action.forw");
 * Dissector dissector = new Dissector(fields);
 * PacketTree tree = new PacketTree();
 * NodeText text = new NodeText();
 *
 * dissector.dissect(octets, frame, packet, tree);             // for each packet; nothing is allocated
 * for (int node = tree.next(wanted, 0); node &gt;= 0; node = tree.next(wanted, node + 1)) {
 *     text.clear();
 *     text.print(tree, node);                                 // as tshark prints it
 * }
 * </pre>
 */
package io.seidex.query.dissect;

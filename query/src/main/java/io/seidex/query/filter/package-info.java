/**
 * What did the user ask for? Wireshark's display-filter language, with the meaning of Wireshark 4.0.
 *
 * <p>Text becomes a {@link io.seidex.query.filter.Filter} (the tree as it was written), that becomes a
 * {@link io.seidex.query.filter.Predicate} (names are fields, texts are values), and that becomes a Lucene query with a test
 * for what the index cannot answer. What is not supported is refused by name and place, never ignored.
 */
package io.seidex.query.filter;

/**
 * Here are columns of a million packets. Write a Lucene segment.
 *
 * <p>{@link io.seidex.segment.Columns} takes the values of packets into primitive arrays, and
 * {@link io.seidex.segment.SegmentWriter} hands them, sorted, to Lucene's default codec. No document is ever built and no
 * {@code IndexWriter} runs; the result is an ordinary Lucene index all the same.
 *
 * <p>This is the only package that touches Lucene's codec API. What it promises, and its tests demand: every segment
 * carries the whole schema under the same field numbers; every field declared with doc values has them written, empty
 * where no document has one; every data file is on the disk before the commit that names it; {@code CheckIndex} finds
 * nothing, and {@code IndexWriter} merges the segments with any others of the schema.
 *
 * <p>Read {@link io.seidex.segment.DocumentLists} first: everything about terms rests on it.
 */
package io.seidex.segment;

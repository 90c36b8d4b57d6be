package io.seidex.batch;

import io.seidex.fault.Fault;
import io.seidex.store.Manifest.FaultRow;

/** Is told what a batch meets, from several threads, one call at a time. */
public interface Report {
    /** Something of a capture was wrong; what could be read is indexed. */
    void damaged(String path, FaultRow row);

    /** A file gave nothing. */
    void refused(String path, Fault fault, String reason);

    /** Something that is nobody's fault and that people should know. */
    void note(String line);

    /** How many octets of the inputs are done: indexed, known, or refused. */
    void progress(long octets);
}

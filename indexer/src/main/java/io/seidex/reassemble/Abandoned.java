package io.seidex.reassemble;

import io.seidex.fault.Fault;

/** Is told of wholes that will never be. */
public interface Abandoned {
    /**
     * Nothing more will be put to a whole; its pieces are forgotten after this call.
     *
     * @param whole what is there of it; valid during the call
     * @param why {@link Fault#NONE} if it was open when there were no more pieces
     */
    void abandoned(Whole whole, Fault why);
}

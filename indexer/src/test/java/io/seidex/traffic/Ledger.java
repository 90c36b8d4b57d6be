package io.seidex.traffic;

/** Who writes down what becomes of messages that travel in pieces. */
interface Ledger {
    /** Nobody. */
    Ledger NONE = new Ledger() {
        @Override
        public void open(Message message) {}

        @Override
        public void close(Message message) {}

        @Override
        public void readable(long packet, long frame) {}
    };

    /** A message is on its way. */
    void open(Message message);

    /** A message is complete. */
    void close(Message message);

    /** A packet of the network can be read in a frame. */
    void readable(long packet, long frame);
}

package io.seidex.architecture.crooked.fault;

/** Logs, and ends the program. */
public final class CrookedFault {
    void happen() {
        java.util.logging.Logger.getGlobal().severe("fault");
        System.exit(1);
    }
}

package dev.busbar.launch;

/** Lists the exit codes of the process. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int BROKER = 3;
    static final int INTERRUPTED = 130;

    /** Picocli splits each of these texts at the colon: the code, and its meaning in the help. */
    static final String OK_TEXT = "0:done; also a service that was asked to stop and has stopped cleanly";

    static final String FAILED_TEXT =
            "1:failed at run time, e.g. a port is taken, a message reached no queue, or a stop took too long";
    static final String USAGE_TEXT = "2:bad command line or bad configuration";
    static final String BROKER_TEXT = "3:the broker cannot be reached, cannot start, or refuses";
    static final String INTERRUPTED_TEXT = "130:interrupted: tail and publish by Ctrl-C, run before everything was up";

    private ExitCode() {}
}

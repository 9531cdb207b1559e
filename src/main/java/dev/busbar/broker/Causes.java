package dev.busbar.broker;

/** Searches the causes of a failure. */
public final class Causes {

    private Causes() {}

    /** Returns the first exception of a type among a failure and its causes; {@code null} if there is none. */
    public static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** Returns the message of the innermost cause, or its class name if it has no message. */
    public static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}

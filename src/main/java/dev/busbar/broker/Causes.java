package dev.busbar.broker;

/** Looks into a failure for what brought it about. */
public final class Causes {

    private Causes() {}

    /** @return the first of this type, the failure itself included; {@code null} if there is none */
    public static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** What the innermost cause says, or what it is called. */
    public static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}

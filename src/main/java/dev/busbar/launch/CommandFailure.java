package dev.busbar.launch;

/** A command cannot do what it was asked; the message is for a person. Has no stack trace. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message, null, false, false);
    }
}

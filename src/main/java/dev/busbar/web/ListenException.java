package dev.busbar.web;

/** A server cannot listen where it was told to; the message names the setting and the remedy. Has no stack trace. */
public final class ListenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ListenException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}

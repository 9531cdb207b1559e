package dev.busbar.log;

import dev.busbar.text.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LocationAwareLogger;

/**
 * Passes log calls on to SLF4J with the message as one {@linkplain Printable printable} line, whichever logging
 * back-end writes it. Exceptions are passed on unchanged; the {@code logback.xml} of the runnable jar makes their
 * messages printable too. All classes of Busbar get their logger here.
 */
public final class CleanLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private final transient Logger log;

    private CleanLogger(Logger log) {
        this.log = log;
        this.name = log.getName();
    }

    /** Returns the logger of a class. */
    public static Logger of(Class<?> type) {
        return new CleanLogger(LoggerFactory.getLogger(type));
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        // The class whose methods are called; the back-end takes the caller of these for the place that logs.
        return AbstractLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        var message = Printable.of(MessageFormatter.basicArrayFormat(pattern, arguments));
        if (log instanceof LocationAwareLogger aware) {
            aware.log(marker, getFullyQualifiedCallerName(), level.toInt(), message, null, thrown);
        } else {
            log.atLevel(level).addMarker(marker).setCause(thrown).log(message);
        }
    }

    /** Looks the logger up by its name after deserialization, as loggers of SLF4J do. */
    @Override
    protected Object readResolve() {
        return new CleanLogger(LoggerFactory.getLogger(name));
    }
}

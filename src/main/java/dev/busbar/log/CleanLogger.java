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
 * The way to the log, whatever writes it: a message is one line, with everything in it {@linkplain Printable
 * printable}. Exceptions go on as they are; the {@code logback.xml} of the runnable jar makes what they say printable
 * too.
 */
public final class CleanLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private final transient Logger log;

    private CleanLogger(Logger log) {
        this.log = log;
        this.name = log.getName();
    }

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
        // The class of the methods that are called: who logs is one step further.
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

    /** Like any logger it is found again by its name. */
    @Override
    protected Object readResolve() {
        return new CleanLogger(LoggerFactory.getLogger(name));
    }
}

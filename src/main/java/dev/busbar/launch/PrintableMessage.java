package dev.busbar.launch;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.busbar.text.Printable;

/** The message of a log event on one line, for {@code logback.xml}: whoever logs it, and whatever is in it. */
public final class PrintableMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Printable.of(super.convert(event));
    }
}

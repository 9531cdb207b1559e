package dev.busbar.launch;

import dev.busbar.text.Printable;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine.Help.Ansi.Text;

/**
 * The way of the commands to standard output and error. A line is one line: what brokers, messages and files put into
 * it cannot break it or steer the terminal.
 */
final class Terminal extends PrintWriter {

    Terminal(Writer out) {
        super(out, true);
    }

    @Override
    public void println(String line) {
        super.println(Printable.of(line));
    }

    /** What is styled is picocli's own, and of Busbar's help. */
    @Override
    public void println(Object line) {
        if (line instanceof Text) {
            super.println(line);
        } else {
            println(String.valueOf(line));
        }
    }
}

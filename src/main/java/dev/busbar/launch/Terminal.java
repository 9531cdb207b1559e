package dev.busbar.launch;

import dev.busbar.text.Printable;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine.Help.Ansi.Text;

/**
 * Writes lines to standard output or standard error. Control characters in a line are escaped, so that the content of
 * messages, files and broker answers can neither break the line nor control the terminal.
 */
final class Terminal extends PrintWriter {

    Terminal(Writer out) {
        super(out, true);
    }

    @Override
    public void println(String line) {
        super.println(Printable.of(line));
    }

    /** Prints picocli's styled text as it is: it is Busbar's own help. */
    @Override
    public void println(Object line) {
        if (line instanceof Text) {
            super.println(line);
        } else {
            println(String.valueOf(line));
        }
    }
}

package dev.busbar.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Makes the problem of a text that is not valid YAML. It quotes nothing of the text, which may contain a secret. */
final class SyntaxProblem {

    private static final String QUOTES_REMEDY =
            "Check the indentation and brackets there; texts with any of * # { } [ ] & : % @ need quotes,"
                    + " e.g. \"changes.{id}.new\"";

    private SyntaxProblem() {}

    static Problem of(JsonProcessingException broken) {
        if (broken.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            int line = yaml.getProblemMark().getLine() + 1;
            int column = yaml.getProblemMark().getColumn() + 1;
            return problem(line, column, what(yaml), remedy(yaml));
        }
        JsonLocation at = broken.getLocation();
        return at == null
                ? problem(0, 0, "it cannot be read", QUOTES_REMEDY)
                : problem(at.getLineNr(), at.getColumnNr(), "it is broken there", QUOTES_REMEDY);
    }

    private static Problem problem(int line, int column, String what, String remedy) {
        String where = line == 0 ? "" : " at line " + line + ", column " + column;
        return new Problem("", null, "This is not valid YAML or JSON" + where + ": " + what, remedy, line);
    }

    private static String what(MarkedYAMLException yaml) {
        String problem = yaml.getProblem().replaceAll("\\s+", " ").trim();
        return (yaml.getContext() == null ? "" : yaml.getContext() + ", ") + problem;
    }

    private static String remedy(MarkedYAMLException yaml) {
        if (yaml.getProblem().contains("TAB")) {
            return "Indent with spaces; YAML forbids tabs";
        }
        return "while scanning an alias".equals(yaml.getContext())
                ? "Put a text that begins with * in quotes, e.g. \"*.finished\""
                : QUOTES_REMEDY;
    }
}

package dev.busbar.broker.amqp10;

/** Matches texts with the {@code LIKE} of selectors: {@code %} takes any text, {@code _} one character. */
final class LikePattern {

    private static final char ANY_TEXT = '%';
    private static final char ANY_CHARACTER = '_';

    private final StringBuilder characters = new StringBuilder();
    /** {@code +} for each character that stands for itself, {@code -} for each wildcard. */
    private final StringBuilder plain = new StringBuilder();

    /** @param escape the character before one that stands for itself; empty if there is none */
    LikePattern(String pattern, String escape) {
        for (var i = 0; i < pattern.length(); i++) {
            var escaped = !escape.isEmpty() && pattern.charAt(i) == escape.charAt(0) && i + 1 < pattern.length();
            i += escaped ? 1 : 0;
            characters.append(pattern.charAt(i));
            plain.append(escaped || (pattern.charAt(i) != ANY_TEXT && pattern.charAt(i) != ANY_CHARACTER) ? '+' : '-');
        }
    }

    /**
     * Whether the pattern takes the text. Goes back only to the last {@code %}: an earlier one need never take more
     * than it has.
     */
    boolean matches(String text) {
        var at = 0;
        var position = 0;
        var afterMany = -1;
        var retryAt = 0;
        while (position < text.length()) {
            if (is(at, ANY_TEXT)) {
                afterMany = ++at;
                retryAt = position;
            } else if (is(at, ANY_CHARACTER) || isPlain(at, text.charAt(position))) {
                at++;
                position++;
            } else if (afterMany >= 0) {
                at = afterMany;
                position = ++retryAt;
            } else {
                return false;
            }
        }
        while (is(at, ANY_TEXT)) {
            at++;
        }
        return at == characters.length();
    }

    private boolean is(int at, char wildcard) {
        return at < characters.length() && plain.charAt(at) == '-' && characters.charAt(at) == wildcard;
    }

    private boolean isPlain(int at, char character) {
        return at < characters.length() && plain.charAt(at) == '+' && characters.charAt(at) == character;
    }
}

package dev.busbar.text;

/**
 * Names a library that {@code dev.busbar:busbar} does not depend on, because only some users need it.
 * {@code busbar.jar} contains it.
 *
 * @param purpose the part of Busbar that needs it, as the subject of a sentence
 * @param className a class of the library
 * @param coordinates the artifacts to add, each as {@code group:artifact}, separated by commas
 */
public record OptionalLibrary(String purpose, String className, String coordinates) {

    /** Returns an error message that says which artifacts to add; {@code null} if the class path has the library. */
    public String missing() {
        try {
            Class.forName(className, false, OptionalLibrary.class.getClassLoader());
            return null;
        } catch (ClassNotFoundException e) {
            return purpose + " needs " + coordinates
                    + ", which the class path does not have: add it, in the version that"
                    + " library.md names, or use busbar.jar, which contains it";
        }
    }
}

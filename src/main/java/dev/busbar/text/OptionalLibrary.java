package dev.busbar.text;

/**
 * A library that Busbar's artifact does not bring, because only some of its users need it; busbar.jar contains it.
 *
 * @param purpose what needs it, as the subject of a sentence
 * @param className a class of it
 * @param coordinates what to add, as {@code group:artifact}, separated by commas
 */
public record OptionalLibrary(String purpose, String className, String coordinates) {

    /** @return what to do, for a person; {@code null} if the library is there */
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

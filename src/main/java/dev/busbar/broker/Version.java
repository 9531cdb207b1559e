package dev.busbar.broker;

/** Reads the version that a broker says of itself. */
public final class Version {

    private Version() {}

    /** The first number of a version, such as 4 of 4.3.6; 0 if there is none. */
    public static int major(String version) {
        var digits = version.replaceFirst("[^0-9].*", "");
        return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }
}

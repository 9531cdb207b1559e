package dev.busbar.broker;

/** Reads the version number that a broker reports. */
public final class BrokerVersion {

    private BrokerVersion() {}

    /** Returns the first number of a version, e.g. 4 of {@code 4.3.6}; 0 if there is none. */
    public static int major(String version) {
        var digits = version.replaceFirst("[^0-9].*", "");
        return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }

    /** Returns whether a version is {@code major.minor} or later. */
    public static boolean isAtLeast(String version, int major, int minor) {
        var numbers = version.split("[^0-9]");
        var second = numbers.length > 1 && numbers[1].matches("[0-9]{1,4}") ? Integer.parseInt(numbers[1]) : 0;
        return major(version) > major || (major(version) == major && second >= minor);
    }
}

// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

/** A file that can't be read, or is not what it should be. The message says what is wrong, and the remedy. */
public final class MalformedTextException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Place place;

    MalformedTextException(Place place, String message) {
        super(message);
        this.place = place;
    }

    /** Where; line 0 is the file as a whole. */
    public Place place() {
        return place;
    }

    /** What is wrong, and the remedy. */
    public String text() {
        return String.valueOf(getMessage());
    }
}

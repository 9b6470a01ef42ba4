// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.preflight;

/** What a check has found. */
public sealed interface Finding {

    /** What was looked at, in a word or two. */
    String subject();

    /** In one line, as the log and {@code nat64 check} show it. */
    String line();

    /** Nothing is in the way. */
    record Ok(String subject, String found) implements Finding {

        @Override
        public String line() {
            return subject + ": " + found;
        }
    }

    /**
     * The gateway works, but perhaps not as its operator expects.
     *
     * @param remedy what to do
     */
    record Warning(String subject, String found, String remedy) implements Finding {

        @Override
        public String line() {
            return subject + ": " + found + "; " + remedy;
        }
    }

    /**
     * The gateway can't start.
     *
     * @param remedy what to do
     */
    record Refused(String subject, String found, String remedy) implements Finding {

        @Override
        public String line() {
            return subject + ": " + found + "; " + remedy;
        }
    }
}

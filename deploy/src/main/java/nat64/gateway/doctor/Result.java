// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor;

/** What a check has found. */
public sealed interface Result {

    /** In one line, without a full stop. */
    String found();

    /** All is well. */
    record Ok(String found) implements Result {}

    /**
     * It works, but perhaps not for long, or not as the operator expects.
     *
     * @param remedy what to do
     */
    record Warning(String found, String remedy) implements Result {}

    /**
     * It does not work.
     *
     * @param remedy what to do
     */
    record Failed(String found, String remedy) implements Result {}

    /**
     * It was not looked at.
     *
     * @param found why not
     */
    record Skipped(String found) implements Result {}
}

// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

/** Which halves of the gateway run. */
public enum Role {
    TRANSLATOR,
    DNS64,
    BOTH;

    public boolean translates() {
        return this != DNS64;
    }

    public boolean answersDns() {
        return this != TRANSLATOR;
    }
}

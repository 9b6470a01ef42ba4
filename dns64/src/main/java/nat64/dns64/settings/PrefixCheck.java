// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

/** Checks whether packets to a Pref64 are translated. */
@FunctionalInterface
public interface PrefixCheck {

    /** Whether it works now. May block for some seconds; called by one thread at a time, never by one that serves. */
    boolean works();
}

// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

/**
 * A change of settings in bounded steps, so that no packet waits for long. Sessions are kept, and no packet is dropped
 * because of it.
 */
public interface SettingsChange {

    /** Takes the next step. True if there are more. */
    boolean step(long now);
}

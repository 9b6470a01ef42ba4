// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

/** Which of several servers is asked first. Those that stay silent or fail come last under every policy. */
public enum UpstreamPolicy {
    /** In the order of the configuration. */
    SEQUENTIAL,
    /** Each in its turn. */
    ROUND_ROBIN,
    /** By round-trip time; now and then another one, to know its time. */
    FASTEST
}

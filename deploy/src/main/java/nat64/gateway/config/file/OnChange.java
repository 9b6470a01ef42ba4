// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/** What makes a changed value of a key take effect in a running program. */
public enum OnChange {
    /** Reading the file again is enough. */
    RELOAD,
    /** The program must be restarted; a reload that changes the key is refused. */
    RESTART
}

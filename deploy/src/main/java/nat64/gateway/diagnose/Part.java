// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.diagnose;

/**
 * One file of the archive.
 *
 * @param name its path in the archive
 */
public record Part(String name, Source source) {

    /** Where its text comes from; it may fail. */
    public interface Source {
        String text() throws Exception;
    }
}

// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.Optional;

/** Which build this is, from the manifest of the jar. */
public final class Version {

    private Version() {}

    /** Such as {@code 0.1.0}; a word when the classes come from no jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}

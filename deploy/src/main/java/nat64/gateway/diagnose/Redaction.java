// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.diagnose;

import java.util.regex.Pattern;

/** Removes secrets from a configuration. Pure. */
public final class Redaction {

    /** A key that names a secret, and its value, unless that is the path of a file. */
    private static final Pattern SECRET = Pattern.compile(
            "(?im)([\\w-]*(?:secret|password|token)[\\w-]*[\"']?\\s*:[ \\t]*)(?![\"']?/)([^\\s,}#][^,}#\\n]*)");

    /** In a URL. */
    private static final Pattern USER = Pattern.compile("://[^/@\\s\"']+@");

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----.*?-----END \\1PRIVATE KEY-----", Pattern.DOTALL);

    private Redaction() {}

    /** The same text without what opens something. */
    public static String of(String text) {
        var withoutKeys = PRIVATE_KEY.matcher(text).replaceAll("(private key removed)");
        var withoutValues = SECRET.matcher(withoutKeys).replaceAll("$1(removed)");
        return USER.matcher(withoutValues).replaceAll("://(removed)@");
    }
}

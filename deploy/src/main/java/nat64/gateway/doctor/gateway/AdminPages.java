// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.io.IOException;

/** The pages of the gateway that runs on this host. */
@FunctionalInterface
public interface AdminPages {

    /**
     * What it shows at a path.
     *
     * @param target the path with its query
     * @throws IOException if no gateway answers, or it does not show this; the message says what helps
     */
    String get(String target) throws IOException;
}

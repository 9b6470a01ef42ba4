// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.List;

/** Whether the gateway serves its clients; if not, what is missing, a sentence each. */
public record Readiness(List<String> missing) {

    public static final Readiness READY = new Readiness(List.of());

    public Readiness {
        missing = List.copyOf(missing);
    }

    public boolean isReady() {
        return missing.isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was opened, the last first. A failure is logged and does not keep the rest open. Not for use by several
 * threads at once.
 */
final class ClosingStack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private final Deque<Opened> opened = new ArrayDeque<>();

    private record Opened(String name, AutoCloseable resource) {}

    /** Adds a resource, which is returned. */
    <T extends AutoCloseable> T push(String name, T resource) {
        opened.push(new Opened(name, resource));
        return resource;
    }

    @Override
    public void close() {
        for (var next = opened.poll(); next != null; next = opened.poll()) {
            try {
                next.resource.close();
            } catch (Exception e) {
                LOG.warn("Could not close {}: {}", next.name, e.getMessage());
            }
        }
    }
}

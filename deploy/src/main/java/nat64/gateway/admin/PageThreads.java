// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads for what may block: pages on some, actions one after another on a thread of their own, so that health can be
 * asked during a long reload. A connection has one request at a time, so the connections bound what waits here.
 */
record PageThreads(ExecutorService pages, ExecutorService actions) implements AutoCloseable {

    private static final int THREADS = 2;

    static PageThreads start() {
        return new PageThreads(
                Executors.newFixedThreadPool(
                        THREADS,
                        Thread.ofPlatform().daemon().name("admin-page-", 0).factory()),
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("admin-action").factory()));
    }

    ExecutorService of(Route route) {
        return switch (route) {
            case Route.Read _, Route.LocalRead _ -> pages;
            case Route.Action _ -> actions;
        };
    }

    @Override
    public void close() {
        pages.shutdownNow();
        actions.shutdownNow();
    }
}

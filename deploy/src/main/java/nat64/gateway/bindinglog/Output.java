// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.io.IOException;
import nat64.gateway.bindinglog.format.Batch;

/**
 * Where batches go. One thread writes; another may close it, which ends a write that waits. What has failed is opened
 * anew by the next write.
 */
interface Output extends AutoCloseable {

    /**
     * Writes all of a batch, or, after a failure, what is left of it.
     *
     * @throws IOException if it can't be written now; the same batch comes again later
     */
    void write(Batch batch) throws IOException;

    /** For messages to people. */
    @Override
    String toString();

    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.Optional;

/**
 * One change to the host, and how it is reverted; what belongs to the device needs no undo, as it disappears with it.
 */
record Change(Step step, Optional<Step> undo) {

    static Change onDevice(Step step) {
        return new Change(step, Optional.empty());
    }

    boolean isOnDevice() {
        return undo.isEmpty();
    }

    static Change undoable(Step step, Step undo) {
        return new Change(step, Optional.of(undo));
    }
}

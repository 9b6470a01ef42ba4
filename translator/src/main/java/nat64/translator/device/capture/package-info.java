// SPDX-License-Identifier: Apache-2.0
/** Capture files: frames read from them, IP packets written to them. */
@NullMarked
package nat64.translator.device.capture;

import org.jspecify.annotations.NullMarked;

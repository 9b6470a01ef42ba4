// SPDX-License-Identifier: Apache-2.0
/** Where packets come from and go to. The only package that calls the operating system. */
@NullMarked
package nat64.translator.device;

import org.jspecify.annotations.NullMarked;

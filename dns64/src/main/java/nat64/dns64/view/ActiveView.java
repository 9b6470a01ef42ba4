// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import nat64.dns64.synthesis.View;

/**
 * The view of a client as it is now.
 *
 * @param view with the prefixes that this client gets
 * @param variant a number that no other view has, nor this one when other prefixes work: what was made for it is for
 *     nobody else
 */
public record ActiveView(View view, int variant) {

    /** The name of the view. */
    public String name() {
        return view.name();
    }
}

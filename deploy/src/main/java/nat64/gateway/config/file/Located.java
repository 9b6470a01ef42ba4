// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import nat64.gateway.config.text.Place;

/** A value and where it stands. */
public record Located<T>(T value, Place place, String key) {

    public <R> Located<R> with(R other) {
        return new Located<>(other, place, key);
    }

    public boolean isDefault() {
        return place.isDefault();
    }
}

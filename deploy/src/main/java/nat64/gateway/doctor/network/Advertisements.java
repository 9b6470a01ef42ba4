// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.util.List;
import nat64.translator.address.Pref64;

/** What the routers of the links say of Pref64s (RFC 8781). */
public sealed interface Advertisements {

    /** One router advertisement, and the Pref64s in it. */
    record Advertisement(String router, List<Pref64> pref64s) {

        public Advertisement {
            pref64s = List.copyOf(pref64s);
        }
    }

    /** Those that came. */
    record Heard(List<Advertisement> advertisements) implements Advertisements {

        public Heard {
            advertisements = List.copyOf(advertisements);
        }
    }

    /**
     * They could not be listened to.
     *
     * @param why and what helps
     */
    record Unknown(String why) implements Advertisements {}
}

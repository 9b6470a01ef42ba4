// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import nat64.gateway.replay.PacketText;

/** What a text is about. */
public enum Subject {
    ADDRESS,
    NAME,
    PACKET;

    /** What to write, for those whose text is none of them. */
    public static final String EXAMPLES = "write an address such as 64:ff9b::8.8.8.8, a name such as www.example.org,"
            + " or a packet such as 'tcp [2001:db8::1]:4000 -> [64:ff9b::8.8.8.8]:443'";

    /** By the form of the text; whether it is right shows when it is explained. */
    public static Subject of(String text) {
        if (PacketText.isPacket(text)) {
            return PACKET;
        }
        return isName(text) ? NAME : ADDRESS;
    }

    /** No address has letters and no colon. */
    private static boolean isName(String text) {
        return text.indexOf(':') < 0 && text.indexOf(' ') < 0 && text.chars().anyMatch(Character::isLetter);
    }
}

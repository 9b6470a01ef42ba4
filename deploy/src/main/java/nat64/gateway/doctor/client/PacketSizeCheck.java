// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.network.Reply;
import nat64.translator.address.Ipv6Address;

/**
 * How large a packet may be that reaches the target and comes back, and whether those that are too large are told of
 * (RFC 8201, RFC 4890). A router that drops them silently makes connections hang.
 */
record PacketSizeCheck(ClientView view) implements ClientCheck {

    /** What every link carries (RFC 8200, section 5). */
    private static final int SMALLEST_MTU = 1280;

    private static final int MOST_ROUTERS = 4;
    private static final int TCP_HEADERS = 40 + 20;

    @Override
    public String name() {
        return "large packets";
    }

    @Override
    public Result examine() {
        var journey = view.journey();
        if (journey.isEmpty() || !(journey.get().ping() instanceof Reply.Came)) {
            return new Skipped("no answer to a small echo request");
        }
        var target = journey.get().target();
        int bytes = Math.max(SMALLEST_MTU, view.links().mtu());
        var reply = view.host().ping(target, bytes);
        for (int routers = 0; routers < MOST_ROUTERS && isFit(reply, bytes); routers++) {
            bytes = ((Reply.TooBig) reply).mtu();
            reply = view.host().ping(target, bytes);
        }
        if (!(reply instanceof Reply.Came)) {
            return lost(target, bytes);
        }
        return new Ok(
                bytes >= view.links().mtu()
                        ? "%d bytes pass, as much as the link carries".formatted(bytes)
                        : "%d bytes pass, and routers tell when it is more".formatted(bytes));
    }

    /** Whether a router on the way names a size that is worth a try. */
    private static boolean isFit(Reply reply, int bytes) {
        return reply instanceof Reply.TooBig(int mtu) && mtu >= SMALLEST_MTU && mtu < bytes;
    }

    private Result lost(Ipv6Address target, int bytes) {
        if (!passes(target, SMALLEST_MTU)) {
            return new Failed(
                    "packets of %d bytes are lost, which every IPv6 link must carry".formatted(SMALLEST_MTU),
                    "raise the MTU of the links and tunnels on the way to 1280 or more, and let ICMPv6 'packet too big' pass");
        }
        int largest = SMALLEST_MTU;
        for (int tooLarge = bytes; tooLarge - largest > 1; ) {
            int middle = (largest + tooLarge) / 2;
            if (passes(target, middle)) {
                largest = middle;
            } else {
                tooLarge = middle;
            }
        }
        return new Failed(
                "packets of more than %d bytes are lost, and no router says so".formatted(largest),
                "let ICMPv6 'packet too big' and ICMP 'fragmentation needed' pass on the way; until then:"
                        + " translator.mss-clamp: %d on the gateway".formatted(largest - TCP_HEADERS));
    }

    private boolean passes(Ipv6Address target, int bytes) {
        return view.host().ping(target, bytes) instanceof Reply.Came;
    }
}

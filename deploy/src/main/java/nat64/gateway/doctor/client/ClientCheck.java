// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import nat64.gateway.doctor.Check;

/** What is looked at on a host behind the gateway. */
sealed interface ClientCheck extends Check
        permits LinkCheck,
                ResolverCheck,
                DiscoveryCheck,
                AdvertisementCheck,
                NameCheck,
                Nat64Check,
                PingCheck,
                TcpCheck,
                UdpCheck,
                PacketSizeCheck,
                LiteralCheck {}

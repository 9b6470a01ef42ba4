// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import nat64.gateway.doctor.Check;

/** What is looked at on a gateway. */
sealed interface GatewayCheck extends Check
        permits ConfigurationCheck,
                RunningCheck,
                ProcessesCheck,
                ReadinessCheck,
                HostStateCheck,
                ObstacleCheck,
                ListeningCheck,
                UpstreamsCheck,
                PrefixesCheck,
                TablesCheck,
                Pool4Check,
                SubscribersCheck,
                CertificateCheck,
                ClockCheck,
                OpenFilesCheck,
                ReceiveBuffersCheck {}

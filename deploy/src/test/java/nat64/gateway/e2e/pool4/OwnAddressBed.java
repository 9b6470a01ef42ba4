// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pool4;

import java.nio.file.Files;
import nat64.gateway.e2e.Beds;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.TestBed;

/** A bed whose gateway has a default route, and so an IPv4 address to share; its server has a second address. */
final class OwnAddressBed {

    static final String SECOND_SERVER = "192.52.193.3";
    static final String SERVER_IN_PREF64 = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    static final String SECOND_SERVER_IN_PREF64 = "64:ff9b::" + SECOND_SERVER;
    static final String GATEWAY_IN_PREF64 = "64:ff9b::" + TestBed.GATEWAY_IPV4;

    private OwnAddressBed() {}

    static TestBed build() throws HostException {
        var bed = Beds.build();
        Beds.run(bed.server(), "ip address add " + SECOND_SERVER + "/24 dev eth0");
        Beds.run(bed.gateway(), "ip -4 route add default via " + TestBed.SERVER_ADDRESS);
        return bed;
    }

    /** Starts a program in Python on a host, which ends with the bed or by itself; waits until it has made a file. */
    static void start(TestBed bed, Namespace host, String name, String program) throws Exception {
        var file = bed.directory().resolve(name + ".py");
        Files.writeString(file, program);
        Beds.run(
                host,
                "timeout 300 setsid python3 %1$s %2$s >%1$s.log 2>&1 & until [ -e %2$s/%3$s ]; do sleep 0.1; done"
                        .formatted(file, bed.directory(), name));
    }
}

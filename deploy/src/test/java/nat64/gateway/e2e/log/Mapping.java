// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.log;

/** A client's address and port, and those of pool4 that stand for them, as text. */
record Mapping(String client, String clientPort, String pool4, String pool4Port) {

    String place() {
        return pool4 + ":" + pool4Port;
    }
}

// SPDX-License-Identifier: Apache-2.0

// What Go makes of an address that is written as text: the two packages for addresses, and a socket for IPv6 alone.
package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
)

func main() {
	ip := net.ParseIP(os.Args[1])
	fmt.Printf("net.ParseIP: %v, as IPv4: %v\n", ip, ip.To4())

	address := netip.MustParseAddr(os.Args[1])
	fmt.Printf("netip.ParseAddr: %v, Is4In6: %v, Unmap: %v\n", address, address.Is4In6(), address.Unmap())

	_, err := net.ResolveTCPAddr("tcp6", net.JoinHostPort(os.Args[1], "8080"))
	fmt.Printf("tcp6: %v\n", err)
}

// SPDX-License-Identifier: Apache-2.0
// What a C program sees in a mapped address: an IPv6 address with an IPv4 address in its last four bytes.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct in6_addr address;
    struct in_addr ipv4;

    if (argc != 2 || inet_pton(AF_INET6, argv[1], &address) != 1)
        return 2;
    if (!IN6_IS_ADDR_V4MAPPED(&address)) {
        puts("an IPv6 address");
        return 1;
    }
    memcpy(&ipv4.s_addr, &address.s6_addr[12], 4);
    printf("the IPv4 address %s\n", inet_ntoa(ipv4));
    return 0;
}

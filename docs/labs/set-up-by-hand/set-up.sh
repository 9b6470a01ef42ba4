# After each start of the gateway: the device exists while it runs.
set -e
ip link set nat64 up mtu 65535 txqueuelen 4096 addrgenmode none
ip address add 64:ff9b:1:ffff::1/128 dev nat64 nodad     # for packets of this host itself
ip route add 64:ff9b:1:ffff::2/128 dev nat64             # the translator, which sends ICMP errors from it
ip route add 64:ff9b::/96 dev nat64
ip route add 100.64.64.0/29 dev nat64
# Once after each boot.
sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv4.ip_forward=1
nft -f masquerade.nft

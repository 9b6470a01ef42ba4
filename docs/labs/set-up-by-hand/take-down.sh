# The addresses and routes went with the device. Forwarding stays, if the host was a router before.
nft delete table ip nat64

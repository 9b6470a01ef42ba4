# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the labs with OpenVPN share.
# shellcheck disable=SC2154 # lab.sh sets `state`, and each lab `other_version` and `client_seen_as`

# openvpn_ends: gives server and client a certificate of a certificate authority for this run, and a file.
openvpn_ends() {
    local end
    certificate ca -addext basicConstraints=critical,CA:TRUE
    certificate server -CA "$state/ca.crt" -CAkey "$state/ca.key" \
        -addext keyUsage=digitalSignature -addext extendedKeyUsage=serverAuth
    certificate client -CA "$state/ca.crt" -CAkey "$state/ca.key" \
        -addext keyUsage=digitalSignature -addext extendedKeyUsage=clientAuth
    for end in server client; do
        give_certificate "$end" "$end"
        test_file >"$state/$end/file"
    done
}
certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj "/CN=$1" \
        -keyout "$state/$1.key" -out "$state/$1.crt" "${@:2}" 2>"$state/log" || die "openssl: $(<"$state/log")"
}

# give_certificate HOST server|client
give_certificate() {
    cp "$state/ca.crt" "$state/$2.crt" "$state/$2.key" "$state/$1/"
}

# 20 MB that look random but are the same in each run.
test_file() {
    head -c 20971520 /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null
}

# through_the_gateway PREFIX SERVER-OPTIONS CLIENT-OPTIONS
through_the_gateway() {
    start "$1-server" server "openvpn --config server.conf$2" Completed
    start "$1-client" client "openvpn --config client.conf$3" Completed
    works "$1-addresses" client 'ip -br addr' 'tun0 .*10.8.0.2/24'
    prints_no "$other_version"
    works "$1-ping" client 'ping -c 1 10.8.0.1' '1 received'
    works "$1-ping-back" server 'ping -c 1 10.8.0.2' '1 received'
    works "$1-ping-ipv6" client 'ping -c 1 fd00:8::1' '1 received'
    file_both_ways "$1" 10.8.0.1
    stop "$1-client" Completed
    stop "$1-server" "Initiated with $client_seen_as"
}

# file_both_ways PREFIX ADDRESS: sends the file from the client to the server's address inside the tunnel, and back.
file_both_ways() {
    local checksum
    checksum=$(sha256sum <"$state/client/file")
    start "$1-receives" server 'nc -nvl 5000 | sha256sum' Listening
    works "$1-sends" client "nc -N $2 5000 <file && sha256sum <file" "$checksum"
    stop "$1-receives" "$checksum"
    start "$1-offers" server 'nc -nvlN 5001 <file' Listening
    works "$1-fetches" client "nc -d $2 5001 | sha256sum" "$checksum"
    stop "$1-offers"
}

# variant STEP HOST NEW OLD SED: another configuration, made from a given one.
variant() {
    works "$1" "$2" "sed '$5' $4 >$3"
}

# Of OpenVPN's log, the lines that matter here, up to its first new attempt; the others differ between versions.
normalize_more() {
    awk '/socat\[[0-9]+\]/ { next }
        /^Note: |^DEPRECATION: |^OpenVPN [0-9.]+ / { log_of_openvpn = 1; next }
        log_of_openvpn && /process restarting/ { exit }
        /^sitnl_send: / { next } # redirect-gateway finds no IPv6 default route to keep
        !log_of_openvpn || /link (local|remote)|Peer Connection Initiated|Sequence Completed/ ||
            /rror|ailed|annot|nreachable|not supported/' |
        uniq
}

# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What all labs share. A lab is a folder with a page, README.md, and a script, lab, which sources this file, sets
# `summary` and `tools`, builds its hosts in the function `network`, runs its steps in the function `steps`, and ends
# with: lab "$@". README.md in this folder tells how to write one.
set -euo pipefail

folder=$(dirname "$(readlink -f "$0")")
name=$(basename "$folder")
repository=$(readlink -f "$folder/../../..")
export LC_ALL=C PATH="$repository/deploy:$PATH:/usr/sbin:/sbin"    # deploy has the command nat64
all_states=/run/nat64-lab
state=$all_states/$name    # hosts, processes/, printed/, and a folder for each host, in which its commands run
patience=120               # seconds that a step may take, or a condition may need, on a busy machine
pages=(README.md)          # the pages that show what this lab prints; a lab may add others
summary='' tools=()
links=0
launched=()
mistakes=0
showing=no

die() {
    printf '%s: %s\n' "$name" "$*" >&2
    exit 1
}

# ---------------------------------------------------------------------------------------------- hosts and links

# host NAME: a host is a network namespace. Its addresses can be used at once, without duplicate address detection.
host() {
    printf '%s\n' "$1" >>"$state/hosts"
    ip netns add "nat64-lab-$1"
    mkdir "$state/$1"
    on "$1" ip link set lo up
    on "$1" sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
}

# router NAME: a host that forwards both IP versions.
router() {
    host "$1"
    on "$1" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
}

# ipv4_only HOST INTERFACE: not even a link-local IPv6 address there.
ipv4_only() {
    on "$1" sysctl -qw "net.ipv6.conf.$2.disable_ipv6=1"
}

# link HOST INTERFACE HOST INTERFACE: a cable. The MAC addresses, and so the link-local addresses, are always the same.
link() {
    local mac
    links=$((links + 1))
    mac=$(printf '02:00:00:00:%02x' "$links")
    ip link add "$2" netns "nat64-lab-$1" address "$mac:01" type veth \
        peer name "$4" netns "nat64-lab-$3" address "$mac:02"
    on "$1" ip link set "$2" up
    on "$3" ip link set "$4" up
}

# on HOST COMMAND...: runs a command on a host, for what the page does not show.
on() {
    ip netns exec "nat64-lab-$1" "${@:2}"
}

# resolver HOST ADDRESS: the host's /etc/resolv.conf.
resolver() {
    mkdir -p "/etc/netns/nat64-lab-$1"
    printf 'nameserver %s\n' "$2" >"/etc/netns/nat64-lab-$1/resolv.conf"
}

# give HOST FILE...: puts files of the lab's folder into the folder where the host's commands run.
give() {
    local file
    for file in "${@:2}"; do
        cp "$folder/$file" "$state/$1/"
    done
}

# serve HOST LOG COMMAND CONDITION...: starts a command that runs until `down`, and waits until the condition holds.
serve() {
    launch "$1" "$state/$1/$2" "exec $3"
    await "$1: $3" "$pid" "${@:4}" || { cat "$state/$1/$2" >&2; die "'$3' on $1 did not start"; }
}

# listens HOST tcp|udp PORT: a condition for `serve`.
listens() {
    [ -n "$(on "$1" ss -Hln "--$2" "sport = :$3")" ]
}

# gateway HOST FILE: starts nat64 on the host with this configuration, and waits until it is ready.
gateway() {
    give "$1" "$2"
    mkdir -p "$state/$1/run"
    serve "$1" nat64.log "env RUNTIME_DIRECTORY=$state/$1/run nat64 run --config ${2##*/}" \
        grep -Eq ' ready$|:"ready"' "$state/$1/nat64.log"
}

# ------------------------------------------------------------------------------------------------------- processes

# launch HOST LOG COMMAND: starts a command in a process group of its own, which is recorded so that it can be ended.
launch() {
    : >"$2"
    (cd "$state/$1" && NAT64_LAB=$name exec setsid ip netns exec "nat64-lab-$1" bash -c "$3") >"$2" 2>&1 </dev/null &
    pid=$!
    : >"$state/processes/$pid"
    launched+=("$pid")
}

# await WHAT PID CONDITION...: waits until the condition holds. Fails if the process ends, or after a long time.
await() {
    local end=$((SECONDS + patience))
    until "${@:3}"; do
        if ! kill -0 "$2" 2>/dev/null || [ "$SECONDS" -gt "$end" ]; then
            printf '%s: waited in vain: %s\n' "$name" "$1" >&2
            return 1
        fi
        sleep 0.1
    done
}

# The process groups that were recorded and still have a process in one of the lab's hosts.
living_groups() {
    local one_host process group
    while read -r one_host; do
        for process in $(ip netns pids "nat64-lab-$one_host" 2>/dev/null); do
            group=$(ps -o pgid= -p "$process" | tr -d ' ')
            [ -z "$group" ] || [ ! -e "$state/processes/$group" ] || printf '%s\n' "$group"
        done
    done <"$state/hosts" | sort -u
}

# end_processes [PID...]: ends process groups, all of the lab without arguments: politely, then after a time by force.
end_processes() {
    local wanted=" $* " signal=TERM end=$((SECONDS + 20)) group groups
    while :; do
        groups=()
        for group in $(living_groups); do
            [[ $# -gt 0 && $wanted != *" $group "* ]] || groups+=("-$group")
        done
        [ ${#groups[@]} -gt 0 ] || break
        kill "-$signal" -- "${groups[@]}" 2>/dev/null || true
        [ "$SECONDS" -le "$end" ] || signal=KILL
        sleep 0.1
    done
}

# ----------------------------------------------------------------------------------------------------------- steps

# works STEP HOST COMMAND [PATTERN]: the command must succeed, and print the pattern.
works() {
    run_step "$1" "$2" "$3"
    [ "$status" -eq 0 ] || mistake "$1" "the command must succeed; its exit status is $status"
    prints "${4:-}"
}

# fails STEP HOST COMMAND PATTERN: the command must fail, and print the pattern.
fails() {
    run_step "$1" "$2" "$3"
    [[ $status -ne 0 && $status -ne 124 ]] || mistake "$1" "the command must fail; its exit status is $status"
    prints "$4"
}

# prints PATTERN and prints_no PATTERN: what the last step must have printed, or must not.
prints() {
    [ -z "$1" ] || grep -Eq -- "$1" "$state/last" || mistake "$step" "must print '$1'"
}
prints_no() {
    ! grep -Eq -- "$1" "$state/last" || mistake "$step" "must not print '$1'"
}

# start STEP HOST COMMAND READY: starts a command that runs beside the next steps, and waits until it prints READY.
start() {
    start_as "$1" "$2" "$3" "$3" "$4"
}

# stop STEP [PATTERN]: waits until the command of the step has printed the pattern, and ends it.
stop() {
    local one_host one_command one_pid
    { read -r one_host; read -r one_pid; read -r one_command; } <"$state/started-$1"
    await "'${2:-}' in the output of $one_command" "$one_pid" grep -Eq -- "${2:-}" "$state/log-$1" || true
    end_processes "$one_pid"
    rm -f "$state/processes/$one_pid"
    record "$1" "$one_host" "$one_command" "$state/log-$1"
    prints "${2:-}"
}

# capture STEP HOST INTERFACE FILTER: tcpdump beside the next steps, until `captured`.
capture() {
    start_as "$1" "$2" "tcpdump -tni $3 '$4'" "tcpdump -tnl --immediate-mode -i $3 '($4) or ether proto 0x88b5'" \
        'listening on'
    printf '%s\n' "${3%% *}" >"$state/interface-$1"
}

# captured STEP [PATTERN]: waits until tcpdump has printed the pattern. Without one, no packet may have been seen. The
# last frame of a capture is our own, so that we know that tcpdump has printed all before it.
captured() {
    local one_host
    read -r one_host <"$state/started-$1"
    [ -z "${2:-}" ] || await "'$2' in the capture $1" "$$" grep -Eq -- "$2" "$state/log-$1" || true
    on "$one_host" python3 -c 'import socket, sys
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind((sys.argv[1], 0))
s.send(b"\xff" * 6 + b"\x02" + b"\x00" * 5 + b"\x88\xb5" + b"end")' "$(<"$state/interface-$1")"
    await "the last frame of the capture $1" "$$" grep -q 0x88b5 "$state/log-$1"
    stop "$1"
    prints "${2:-^\(no packet\)$}"
}

start_as() {
    launch "$2" "$state/log-$1" "exec $4"
    printf '%s\n' "$2" "$pid" "$3" >"$state/started-$1"
    await "$2: $3" "$pid" grep -Eq -- "$5" "$state/log-$1" || { cat "$state/log-$1" >&2; die "step $1 did not start"; }
}

run_step() {
    launch "$2" "$state/log" "exec timeout -k 5 $patience bash -c $(printf '%q' "$3")"
    status=0
    wait "$pid" || status=$?
    end_processes "$pid"
    rm -f "$state/processes/$pid"
    record "$1" "$2" "$3" "$state/log"
}

# record STEP HOST COMMAND LOG: keeps what the page is to show.
record() {
    local text
    step=$1
    # A file is shown as it is.
    if [[ $3 =~ ^cat\ [^\;\|]*$ ]]; then text=$(<"$4"); else text=$(normalize <"$4"); fi
    # How often a packet is repeated depends on time.
    [[ $3 != tcpdump* ]] || text=$(uniq <<<"${text:-(no packet)}")
    printf '%s' "${text:+$text$'\n'}" >"$state/last"
    { printf '%s# %s\n' "$2" "$3"; cat "$state/last"; } >"$state/printed/$1"
    if [ "$showing" = yes ]; then
        cat "$state/printed/$1"
        echo
    fi
}

# Hides what differs between two runs: ephemeral ports (but for the range of pool4: auto), TCP options, times, names of /etc/services.
# A lab may replace `normalize_more`.
normalize() {
    sed -E -e '/^tcpdump: verbose output|^listening on .*link-type|^[0-9]+ packets? (captured|received|dropped)/d' \
        -e '/ethertype Unknown \(0x88b5\)/,$d' \
        -e 's/(: Flags \[[^]]*\]).*/\1, .../' \
        -e 's/, id [0-9]+, seq [0-9]+, length [0-9]+$//' \
        -e 's/36864-65534/<pool4>/g' -e 's/\b(3[2-9]|[45][0-9]|6[0-5])[0-9]{3}\b/<port>/g' -e 's/<pool4>/36864-65534/g' \
        -e 's/^( *[0-9]+  [^ ]+  )[0-9.]+ ms$/\1<time>/' \
        -e 's/time=[0-9.]+ ms/time=<time>/; s/, time [0-9]+ms$//; /^rtt min/d' \
        -e 's#\[(tcp|udp)/[^]]*\]#[\1]#' \
        -e 's/^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} //' \
        -e 's/^((tun[0-9]|clat).* fe80::)[0-9a-f:]+/\1<random>/' \
        -e 's/[[:space:]]+$//' | normalize_more
}
normalize_more() {
    cat
}

mistake() {
    printf '%s: step %s: %s\n' "$name" "$1" "$2" >&2
    mistakes=$((mistakes + 1))
}

# ----------------------------------------------------------------------------------------------------------- pages

# Prints a page with what this run printed between its markers, <!-- lab: STEP... --> and <!-- /lab -->. On the page of
# another folder, the first step has the name of its lab before it: LAB/STEP.
rendered() {
    awk -v lab="$name/" -v own="$([ "$1" = README.md ] && echo yes)" -v printed="$state/printed/" '
        /^<!-- lab: .* -->$/ && (own || index($3, lab) == 1) {
            print
            print "```console"
            for (i = 3; i < NF; i++) {
                step = $i
                sub("^" lab, "", step)
                found = 0
                while ((getline text < (printed step)) > 0) {
                    print text
                    found = 1
                }
                close(printed step)
                if (!found) print "(no such step: " step ")"
            }
            print "```"
            inside = 1
            next
        }
        /^<!-- \/lab -->$/ { inside = 0 }
        !inside
        END { exit inside }
    ' "$folder/$1"
}

compare_pages() {
    local page different=no one_step
    for one_step in "$state"/printed/*; do
        one_step=${one_step##*/}
        grep -Eq "^<!-- lab:( .*)? $one_step( .*)? -->$" "$folder/README.md" ||
            mistake "$one_step" "README.md has no marker for it"
    done
    for page in "${pages[@]}"; do
        rendered "$page" >"$state/page" || die "$page: a marker has no end"
        ! grep '^(no such step: .*)$' "$state/page" >&2 || mistakes=$((mistakes + 1))
        if [ "$1" = --update ] && [ "$mistakes" -eq 0 ]; then
            cat "$state/page" >"$folder/$page"
        else
            diff -u --label "$page: the page" --label "$page: this run" "$folder/$page" "$state/page" >&2 || different=yes
        fi
    done
    [ "$mistakes" -eq 0 ] || die "$mistakes mistakes"
    [ "$different" = no ] || die "a page shows something else; if this run is right: docs/labs/$name/lab check --update"
    printf '%s: %d steps, as the page shows them\n' "$name" "$(find "$state/printed" -type f | wc -l)"
}

# -------------------------------------------------------------------------------------------------------- commands

usage() {
    cat <<END_OF_USAGE
Usage: docs/labs/$name/lab up | show | check [--update] | down | missing

$summary

  up       builds the hosts, as network namespaces nat64-lab-HOST
  show     runs the steps and prints them; look around with: ip netns exec nat64-lab-HOST bash
  check    runs the steps and compares what they print with the page; --update writes it into the page
  down     removes all of it
  missing  lists the tools that this lab needs and this machine lacks
END_OF_USAGE
}

missing() {
    local tool
    for tool in ip ss ps python3 "${tools[@]}"; do
        case $tool in
            nat64) [ -c /dev/net/tun ] || echo '/dev/net/tun' ;;
            gcc) [ -x "$(command -v gcc)" ] && [ -e /usr/include/stdio.h ] || echo 'gcc and libc6-dev' ;;
            java) "$repository/deploy/find-jdk" --compiler >/dev/null || echo 'JDK 25' ;;
            *) command -v "$tool" >/dev/null || echo "$tool" ;;
        esac
    done
}

up() {
    local lacking
    lacking=$(missing | paste -sd' ')
    [ -z "$lacking" ] || die "missing: $lacking; deploy/setup installs it"
    # In a checkout this builds the program, if need be, which is not possible from a host without Internet.
    [[ " ${tools[*]} " != *' nat64 '* ]] || nat64 --version >/dev/null
    mkdir "$all_states" 2>/dev/null ||
        die "a lab is up already: $(ls "$all_states"); end it with docs/labs/$(ls "$all_states")/lab down"
    trap 'echo "$name: could not be built; removing it" >&2; down' EXIT
    mkdir -p "$state/processes" "$state/printed"
    : >"$state/hosts"
    network
    trap - EXIT
}

down() {
    local one_host left
    [ -d "$state" ] || return 0
    end_processes
    while read -r one_host; do
        left=$(ip netns pids "nat64-lab-$one_host" 2>/dev/null | paste -sd' ')
        [ -z "$left" ] || printf '%s: not started by the lab, still runs on %s: %s\n' "$name" "$one_host" "$left" >&2
        ip netns del "nat64-lab-$one_host" 2>/dev/null || true
        rm -rf "/etc/netns/nat64-lab-$one_host"
    done <"$state/hosts"
    rmdir /etc/netns 2>/dev/null || true
    rm -rf "$state"
    rmdir "$all_states" 2>/dev/null || true
}

run_steps() {
    [ -d "$state" ] || die "the lab is not up: docs/labs/$name/lab up"
    trap '[ ${#launched[@]} -eq 0 ] || end_processes "${launched[@]}"' EXIT
    rm -f "$state"/printed/*
    steps
}

lab() {
    case "$*" in
        -h | --help) usage; return ;;
        missing) missing; return ;;
        up | show | check | 'check --update' | down) ;;
        *) usage >&2; exit 2 ;;
    esac
    [ "$(id -u)" -eq 0 ] || die "network namespaces need root: run it with sudo"
    trap 'exit 130' INT TERM
    case $1 in
        up) up ;;
        down) down ;;
        show) showing=yes; run_steps; [ "$mistakes" -eq 0 ] ;;
        check) run_steps; compare_pages "${2:-}" ;;
    esac
}

// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Zone;

/**
 * The server's zones: names with an IPv4 address only, with both, with an alias, and with an address of a private
 * network; and the name of its address.
 */
final class TestZone {

    private static final long TTL = 300;
    private static final Name ORIGIN = Name.fromConstantString("example.org.");
    private static final Name NAME_SERVER = Name.fromConstantString("ns.example.org.");
    private static final Name IPV4_ONLY = Name.fromConstantString("ipv4only.example.org.");
    private static final Name DUAL = Name.fromConstantString("dual.example.org.");
    private static final Name ALIAS = Name.fromConstantString("alias.example.org.");
    private static final Name PRIVATE = Name.fromConstantString("private.example.org.");

    private static final Name REVERSE_ORIGIN = Name.fromConstantString("193.52.192.in-addr.arpa.");

    private final List<Zone> zones;

    TestZone() throws IOException {
        var server = InetAddress.ofLiteral(TestBed.SERVER_ADDRESS);
        var names = new Zone(ORIGIN, new Record[] {
            authority(ORIGIN),
            new NSRecord(ORIGIN, DClass.IN, TTL, NAME_SERVER),
            new ARecord(NAME_SERVER, DClass.IN, TTL, server),
            new ARecord(IPV4_ONLY, DClass.IN, TTL, server),
            new ARecord(DUAL, DClass.IN, TTL, server),
            new AAAARecord(DUAL, DClass.IN, TTL, InetAddress.ofLiteral("2001:db8:2::80")),
            new CNAMERecord(ALIAS, DClass.IN, TTL, IPV4_ONLY),
            new AAAARecord(PRIVATE, DClass.IN, TTL, InetAddress.ofLiteral("fd00::1")),
        });
        var addresses = new Zone(REVERSE_ORIGIN, new Record[] {
            authority(REVERSE_ORIGIN),
            new NSRecord(REVERSE_ORIGIN, DClass.IN, TTL, NAME_SERVER),
            new PTRRecord(ReverseMap.fromAddress(server), DClass.IN, TTL, IPV4_ONLY),
        });
        zones = List.of(names, addresses);
    }

    private static SOARecord authority(Name origin) {
        var mailbox = Name.fromConstantString("hostmaster.example.org.");
        return new SOARecord(origin, DClass.IN, TTL, NAME_SERVER, mailbox, 1, 3600, 600, 86_400, 60);
    }

    /** The authoritative answer to a question, in wire format. */
    byte[] answer(byte[] question) throws IOException {
        var query = new Message(question);
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        if (query.getQuestion() == null) {
            answer.getHeader().setRcode(Rcode.FORMERR);
            return answer.toWire();
        }
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        var name = query.getQuestion().getName();
        var zone = zones.stream()
                .filter(candidate -> name.subdomain(candidate.getOrigin()))
                .findAny();
        if (zone.isPresent()) {
            answer.getHeader().setFlag(Flags.AA);
            resolve(zone.get(), name, query.getQuestion().getType(), answer);
        } else {
            answer.getHeader().setRcode(Rcode.REFUSED);
        }
        return answer.toWire();
    }

    private static void resolve(Zone zone, Name name, int type, Message answer) {
        var found = zone.findRecords(name, type);
        if (found.isSuccessful()) {
            found.answers().forEach(set -> set.rrs().forEach(record -> answer.addRecord(record, Section.ANSWER)));
        } else if (found.isCNAME()) {
            answer.addRecord(found.getCNAME(), Section.ANSWER);
            if (type != Type.CNAME) {
                resolve(zone, found.getCNAME().getTarget(), type, answer);
            }
        } else {
            if (found.isNXDOMAIN()) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
            }
            answer.addRecord(zone.getSOA(), Section.AUTHORITY);
        }
    }
}

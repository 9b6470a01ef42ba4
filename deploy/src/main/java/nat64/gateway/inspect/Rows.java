// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import nat64.translator.address.Ipv4Address;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.ListedBinding;
import nat64.translator.session.record.ListedBlock;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.table.Protocol;

/** What one line of a list becomes in JSON. */
final class Rows {

    private Rows() {}

    static Map<String, Object> of(SessionRecord session) {
        var row = binding(session.binding());
        var state = session.state();
        row.put("remote", Ipv4Address.format(session.remote()));
        if (session.protocol() != Protocol.ICMP) {
            row.put("remote_port", session.remotePort());
        }
        row.put("pref64", session.pref64().toString());
        if (session.protocol() == Protocol.TCP) {
            row.put("state", Parameters.label(state.tcp()));
        }
        row.put("opened_by", state.fromIpv4() ? "ipv4" : "ipv6");
        row.put("answered", state.answered());
        row.put("age_seconds", state.age().toSeconds());
        row.put("expires_in_seconds", state.timeLeft().toSeconds());
        return row;
    }

    static Map<String, Object> of(ListedBinding listed) {
        var row = binding(listed.binding());
        row.put("sessions", listed.sessions());
        row.put("static", listed.isStatic());
        row.put("in_block", listed.isInBlock());
        return row;
    }

    static Map<String, Object> of(ListedBlock listed) {
        var block = listed.block();
        var row = new LinkedHashMap<String, Object>();
        row.put("subscriber", block.subscriber().toString());
        row.put("pool4", Ipv4Address.format(block.pool4()));
        row.put("first_port", block.firstPort());
        row.put("last_port", block.lastPort());
        row.put("bindings", listed.bindings());
        return row;
    }

    static Map<String, Object> of(SubscriberRecord subscriber) {
        var row = new LinkedHashMap<String, Object>();
        row.put("prefix", subscriber.prefix().toString());
        row.put("sessions", subscriber.sessions());
        row.put("ports", subscriber.ports());
        return row;
    }

    static Map<String, Object> of(Pool4Record address) {
        var row = new LinkedHashMap<String, Object>();
        row.put("address", Ipv4Address.format(address.address()));
        row.put("draining", address.isDraining());
        row.put("offered", address.offered());
        for (var protocol : Protocol.values()) {
            row.put(protocol.label(), address.of(protocol));
        }
        address.blocks().ifPresent(blocks -> row.put("blocks", blocks));
        return row;
    }

    /** Of ICMP, the ports are identifiers. */
    private static Map<String, Object> binding(BindingRecord binding) {
        var row = new LinkedHashMap<String, Object>();
        row.put("protocol", binding.protocol().label());
        row.put("client", binding.client().toString());
        row.put("client_port", binding.clientPort());
        row.put("pool4", Ipv4Address.format(binding.pool4()));
        row.put("pool4_port", binding.pool4Port());
        return row;
    }
}

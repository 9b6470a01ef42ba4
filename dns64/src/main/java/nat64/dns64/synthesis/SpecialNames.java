// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * All names that are answered here, so that no upstream need live.
 *
 * @param forwarded of the names that are answered here for the NAT64's sake, those that upstreams of their own know
 */
public record SpecialNames(
        ReverseNames reverseNames,
        ResolverArpa resolverArpa,
        LocalZones localZones,
        OwnNames ownNames,
        ForwardedNames forwarded) {

    /** Without forwarded zones. */
    public SpecialNames(
            ReverseNames reverseNames, ResolverArpa resolverArpa, LocalZones localZones, OwnNames ownNames) {
        this(reverseNames, resolverArpa, localZones, ownNames, ForwardedNames.NONE);
    }

    /** Without names that only the operator knows. */
    public SpecialNames(ReverseNames reverseNames, ResolverArpa resolverArpa, LocalZones localZones) {
        this(reverseNames, resolverArpa, localZones, OwnNames.NONE);
    }

    /**
     * The same, but for names in these zones, for which other servers are asked. A zone above such a name does not
     * count: prefixes would no longer be found because {@code arpa} is forwarded.
     */
    public SpecialNames without(Set<Name> forwardedZones) {
        var domains = new ArrayList<>(List.of(Ipv4OnlyArpa.NAME, ResolverArpa.ZONE, OwnNames.CANARY));
        domains.addAll(reverseNames.zones());
        ownNames.nat64().ifPresent(domains::add);
        return new SpecialNames(
                reverseNames,
                resolverArpa,
                localZones,
                ownNames,
                ForwardedNames.in(forwardedZones).within(domains));
    }

    /** The answer to clients of the view, or none if the question is for the upstream. */
    public Optional<LocalAnswer> answer(Name name, int type, View view) {
        if (forwarded.contain(name)) {
            return Optional.empty();
        }
        return Ipv4OnlyArpa.answer(name, type, view)
                .or(() -> ownNames.answer(name, type, view))
                .or(() -> resolverArpa.answer(name, type))
                .or(() -> answerReverse(name, type));
    }

    /** What the name is as a reverse name. */
    public ReverseName reverse(Name name) {
        return forwarded.contain(name) ? new ReverseName.Foreign() : reverseNames.read(name);
    }

    private Optional<LocalAnswer> answerReverse(Name name, int type) {
        return switch (reverseNames.read(name)) {
            case ReverseName.Local local -> local.answer(name, type);
            case ReverseName.Embedded _ -> Optional.empty();
            case ReverseName.Foreign _ -> localZones.answer(name, type);
        };
    }
}

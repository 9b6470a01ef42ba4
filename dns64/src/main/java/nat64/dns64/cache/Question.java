// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What is asked of an upstream, and what its answer is kept under. The name is in lower case.
 *
 * @param dnssecOk the DO bit: answers to it carry signatures (RFC 4035, section 3.2.1)
 * @param checkingDisabled the CD bit: answers to it are not for those who want them checked (RFC 4035, section 3.2.2)
 */
public record Question(Name name, int type, int dclass, boolean dnssecOk, boolean checkingDisabled) {

    public Question {
        name = name.canonicalize();
    }

    /** The same question about another type. */
    public Question withType(int other) {
        return new Question(name, other, dclass, dnssecOk, checkingDisabled);
    }

    /** The same question by somebody who checks signatures himself (RFC 4035, section 3.2.2). */
    public Question unchecked() {
        return new Question(name, type, dclass, true, true);
    }

    /** The same question about another name. */
    public Question withName(Name other) {
        return new Question(other, type, dclass, dnssecOk, checkingDisabled);
    }

    @Override
    public String toString() {
        return name + " " + DClass.string(dclass) + " " + Type.string(type);
    }
}

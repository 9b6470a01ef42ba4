// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.security.SecureRandom;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What is asked of an upstream, and what its answer is kept under. Its hash is keyed by a secret of this process: that
 * of a dnsjava name is a sum, so an attacker could ask for thousands of names with the same hash. Immutable.
 */
public final class Question {

    private static final byte[] SECRET = secret();
    private static final int MIX = 0x9e37_79b1;

    private final Name name;
    private final int type;
    private final int dclass;
    private final boolean dnssecOk;
    private final boolean checkingDisabled;
    private final int hashOfName;

    /**
     * @param dnssecOk the DO bit: answers to it carry signatures (RFC 4035, section 3.2.1)
     * @param checkingDisabled the CD bit: answers to it are not for those who want them checked (RFC 4035, section
     *     3.2.2)
     */
    public Question(Name name, int type, int dclass, boolean dnssecOk, boolean checkingDisabled) {
        this.name = name.canonicalize();
        this.type = type;
        this.dclass = dclass;
        this.dnssecOk = dnssecOk;
        this.checkingDisabled = checkingDisabled;
        this.hashOfName = hash(this.name);
    }

    /** About the same name, whose hash is known. */
    private Question(Question same, int type, boolean dnssecOk, boolean checkingDisabled) {
        this.name = same.name;
        this.type = type;
        this.dclass = same.dclass;
        this.dnssecOk = dnssecOk;
        this.checkingDisabled = checkingDisabled;
        this.hashOfName = same.hashOfName;
    }

    /** In lower case. */
    public Name name() {
        return name;
    }

    public int type() {
        return type;
    }

    public int dclass() {
        return dclass;
    }

    public boolean dnssecOk() {
        return dnssecOk;
    }

    public boolean checkingDisabled() {
        return checkingDisabled;
    }

    /** The same question about another type. */
    public Question withType(int other) {
        return new Question(this, other, dnssecOk, checkingDisabled);
    }

    /** The same question by a client that checks signatures itself (RFC 4035, section 3.2.2). */
    public Question unchecked() {
        return new Question(this, type, true, true);
    }

    /** The same question with or without the DO and CD bits. */
    public Question with(boolean otherDnssecOk, boolean otherCheckingDisabled) {
        return new Question(this, type, otherDnssecOk, otherCheckingDisabled);
    }

    /** The same question about another name. */
    public Question withName(Name other) {
        return new Question(other, type, dclass, dnssecOk, checkingDisabled);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Question question
                && hashOfName == question.hashOfName
                && type == question.type
                && dclass == question.dclass
                && dnssecOk == question.dnssecOk
                && checkingDisabled == question.checkingDisabled
                && name.equals(question.name);
    }

    @Override
    public int hashCode() {
        return hashOfName ^ (type * MIX);
    }

    @Override
    public String toString() {
        return name + " " + DClass.string(dclass) + " " + Type.string(type);
    }

    private static byte[] secret() {
        byte[] secret = new byte[SipHash.KEY_LENGTH];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private static int hash(Name canonical) {
        byte[] bytes = canonical.toWire();
        return Long.hashCode(SipHash.hash(SECRET, bytes, bytes.length));
    }
}

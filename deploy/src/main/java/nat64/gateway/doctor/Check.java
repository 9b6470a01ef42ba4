// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor;

/** One thing that the doctor looks at. */
public interface Check {

    /** In a word or two, as the report shows it. */
    String name();

    /** Looks. May block for some seconds. */
    Result examine();
}

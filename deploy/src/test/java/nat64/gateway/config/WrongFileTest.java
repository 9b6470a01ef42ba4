// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong file has one mistake, and gets one message: place, key, what is wrong, and a remedy. */
class WrongFileTest {

    @Test
    void refusesAControlCharacter() {
        WrongConfig.assertRefused("role: \u0001", "f: this is not YAML: ", "look for");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            tabs | translator:\\n\tmasquerade: true | f:2: this is not YAML:  | indent with spaces
            address that begins with a colon | clients: [::1] | f:1: this is not YAML:  | in quotes, such as
            open bracket | pref64: [64:ff9b::/96 | f:1: this is not YAML:  | open quote or bracket
            uneven indentation | a:\\n  b: 1\\n c: 2 | f:3: this is not YAML:  | uneven indentation
            two documents | role: both\\n---\\nrole: dns64 | f:2: this is not YAML:  | look for
            no mapping | hello | f:1: must be keys and values | `key: value`
            list at the top | - role: both | f:1: must be keys and values | `key: value`
            mapping as key | {a: 1}: 2 | f:1: a key must be a word | in quotes
            """)
    void refusesWhatIsNotYaml(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            misspelt key | \\nrol: both | f:2: rol: unknown key | did you mean role?
            camelCase | translator: {setUpHost: true} | f:1: translator.setUpHost: unknown key | translator.set-up-host?
            key of another section | masquerade: true | f:1: masquerade: unknown key | translator.masquerade?
            alien key | log: {colour: red} | f:1: log.colour: unknown key | the keys here are level, format
            alien key in pool4 | translator:\\n  pool4:\\n    - prefix: 192.0.2.0/28\\n      owner: us \
              | f:4: translator.pool4.owner: unknown key | the keys here are prefix, ports
            merge key | log: {<<: {level: info}} | f:1: log.<<: unknown key | the keys here are
            duplicate key | role: both\\nlog: {level: info}\\nrole: dns64 \
              | f:3: role: duplicate key, first defined in line 1 | remove one
            duplicate key inside | log:\\n  level: info\\n  level: warn \
              | f:3: log.level: duplicate key, first defined in line 2 | remove one
            scalar for a section | translator: both | f:1: translator: must be keys and values | `key: value`
            scalar for a list | pref64: 64:ff9b::/96 | f:1: pref64: must be a list | [64:ff9b::/96]
            list for a scalar | role: [both] | f:1: role: must be one value, not a list | write for example translator
            mapping in a list | clients: [2001:db8::] | f:1: clients: must be one value | put an IPv6 address in quotes
            no value | role: | f:1: role: has no value | remove the key
            no boolean | translate-non-global: yes | f:1: translate-non-global: yes is neither true nor false \
              | write true or false
            unknown role | role: router | f:1: role: router is not known | translator, dns64, both
            unknown log level | log: {level: loud} | f:1: log.level: loud is not known | error, warn, info, debug, trace
            """)
    void refusesWrongKeysAndValues(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }
}

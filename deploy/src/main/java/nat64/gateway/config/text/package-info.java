// SPDX-License-Identifier: Apache-2.0
/**
 * Files of the operator as trees of nodes, each of which knows its file and line: YAML and CSV. What stands in a file
 * is not judged here; who reads the nodes does that. Knows nothing of keys. Any thread may read the trees.
 */
@NullMarked
package nat64.gateway.config.text;

import org.jspecify.annotations.NullMarked;

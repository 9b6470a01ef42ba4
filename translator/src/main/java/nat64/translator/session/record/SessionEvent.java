// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

/** A change of the tables, at a time in milliseconds of the translator's clock; see {@link SessionListener}. */
public sealed interface SessionEvent {

    long at();

    record Bound(long at, BindingRecord binding) implements SessionEvent {}

    record Opened(long at, SessionRecord session) implements SessionEvent {}

    record Changed(long at, SessionRecord session) implements SessionEvent {}

    record Closed(long at, SessionRecord session) implements SessionEvent {}

    record Unbound(long at, BindingRecord binding) implements SessionEvent {}

    record BlockStarted(long at, BlockRecord block) implements SessionEvent {}

    record BlockEnded(long at, BlockRecord block) implements SessionEvent {}
}

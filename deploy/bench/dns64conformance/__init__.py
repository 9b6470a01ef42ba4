# SPDX-License-Identifier: Apache-2.0
"""Checks a DNS64 against RFC 6147 and related RFCs, with an upstream that behaves as the queried names say."""

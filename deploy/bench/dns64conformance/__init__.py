# SPDX-License-Identifier: Apache-2.0
"""Asks a DNS64 what RFC 6147 and its neighbours demand of it, over an upstream that behaves as the names asked say."""

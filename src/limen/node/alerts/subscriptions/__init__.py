"""Which alerts an officer is told of: subscriptions by issuer, method, place and kind of document."""

"""Telling officers that there is something to look at: by e-mail and web push, without protected data."""

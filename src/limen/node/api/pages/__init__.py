"""The pages where administrators make and revoke tokens."""

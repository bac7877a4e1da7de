"""Agencies, their officers, and how they sign in."""

"""Pages of screenings, referrals, contacts and figures."""

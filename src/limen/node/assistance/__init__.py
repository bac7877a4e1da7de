"""Assistance: an officer asks an examiner of another agency, or of a support centre, and is answered."""

"""How many forgeries the Verifier finds, family by family, and how often it objects to genuine documents.

python -m bench.forgeries                  documents that no threshold was chosen on; writes docs/forgeries.md
python -m bench.forgeries --development    the issuers that thresholds are chosen on; prints, writes no page
"""

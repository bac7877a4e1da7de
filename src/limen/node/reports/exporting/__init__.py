"""Taking reports along: as CSV, JSON or PDF, each of them only what the viewer sees and the marking lets be copied.

- `gathering.gather`: the reports of a search, field by field, and what was left out.
- `as_csv.write`, `as_json.write`, `as_pdf.write`: the files.
"""

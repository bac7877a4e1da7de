"""Reports of fraudulent documents."""

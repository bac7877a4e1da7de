"""Practising with case studies: is there anything to object to, and where?

An officer is shown one side of a case study, what was found or the reference, drawn at random, and answers. What is
kept of it (`models.Question`) is the officer's own: nobody else reads it, it stands in no log and in no statistics.
"""

"""Entities of the records linked to a plan, and what ties them: a link chart and a timeline, each viewer's own.

`gathering` reads what the viewer may see of the linked records, class by class; `deriving` turns one record into
entities, ties and events; `joining` puts equal ones together and adds what people wrote; `layout`, `drawing` and
`timeline` show it. What a viewer may not see is not in the graph at all: nothing is greyed, numbered or counted that
stands for it, and the places on the sheet are computed from what is there.
"""

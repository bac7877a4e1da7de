"""The only place where charts get figures from.

    asked = Asked(Search(issuer="UTO"), grain="month")
    series(asked, "method")      monthly, by principal method
    ranking(asked, "place")      the places with most
    cross(asked, "issuer", "method")
    flows(asked)                 origin, last transit, destination
    places(asked)                for the map
    compare(asked, since, until, "issuer")

Every figure is the number of released reports that the viewer sees and that the reports' list shows for the query
string beside it; a figure without one ("others") has an empty string, and is the rest of those that have. What a figure
adds up to is never counted twice: each report stands in exactly one row of a dimension.

Figures come from roll-ups where they can tell, else from the reports themselves (`sources`); both are narrowed to the
audiences that the viewer is in, and both again by row-level security.
"""

from limen.node.trends.counting.asked import Asked, Period
from limen.node.trends.counting.comparing import Compared, Comparison, compare
from limen.node.trends.counting.crossing import Cross, cross
from limen.node.trends.counting.dimensions import DIMENSIONS, Dimension
from limen.node.trends.counting.flowing import Flow, Flows, flows
from limen.node.trends.counting.heads import Head
from limen.node.trends.counting.placing import Spot, places
from limen.node.trends.counting.ranks import Ranking, ranking
from limen.node.trends.counting.serial import Row, Series, series

__all__ = [
    "DIMENSIONS",
    "Asked",
    "Compared",
    "Comparison",
    "Cross",
    "Dimension",
    "Flow",
    "Flows",
    "Head",
    "Period",
    "Ranking",
    "Row",
    "Series",
    "Spot",
    "compare",
    "cross",
    "flows",
    "places",
    "ranking",
    "series",
]

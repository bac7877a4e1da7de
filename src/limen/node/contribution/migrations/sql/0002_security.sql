-- Which warnings were sent is the agency's own; the worker alone writes it.
ALTER TABLE contribution_warned ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON contribution_warned FOR SELECT USING (agency_id = (SELECT sharing_viewer_agency()));

-- What others made of the viewer's agency's alerts, by month: how many of their officers acknowledged one, saw there what
-- it describes, called it useful, and how many reports they linked as sightings. All others together: none is told apart.
CREATE FUNCTION contribution_used(since date) RETURNS TABLE (month date, use text, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS (
        SELECT id FROM alerts_alert
        WHERE owner_id = sharing_viewer_agency() AND audience_id = ANY (sharing_audiences(1))
    ), uses AS (
        SELECT k.at, 'acknowledged' AS use FROM alerts_acknowledgement k
            WHERE k.alert_id IN (SELECT id FROM own) AND k.agency_id <> sharing_viewer_agency()
        UNION ALL
        SELECT f.at, f.verdict FROM alerts_feedback f
            WHERE f.alert_id IN (SELECT id FROM own) AND f.agency_id <> sharing_viewer_agency()
              AND f.verdict IN ('seen', 'useful')
        UNION ALL
        SELECT l.created_at, 'sighting' FROM alerts_link l
            JOIN reports_report r ON r.id = l.report_id AND r.audience_id = ANY (sharing_audiences(1))
            WHERE l.alert_id IN (SELECT id FROM own) AND l.agency_id <> sharing_viewer_agency() AND l.is_sighting
    )
    SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date, use, count(*) FROM uses
    WHERE at >= since::timestamp AT TIME ZONE 'UTC' GROUP BY 1, 2
$$;

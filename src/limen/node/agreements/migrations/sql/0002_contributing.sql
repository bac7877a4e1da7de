-- As before, and as one of the community only while the viewer's agency contributes what it asks, or is warned of danger.
CREATE OR REPLACE FUNCTION agreements_grounds(wanted bigint) RETURNS TABLE (basis text, agreement_id bigint, classes integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH seen AS (
        SELECT u.* FROM sharing_audience u
        WHERE u.id = wanted AND u.owner_id <> sharing_viewer_agency() AND sharing_sight(wanted) <> 0
    )
    SELECT 'named', NULL::bigint, u.classes::integer | 1 FROM seen u
        WHERE sharing_viewer_agency() = ANY (u.agencies) OR sharing_viewer() = ANY (u.officers)
    UNION ALL
    SELECT 'agreement', c.agreement_id, (c.classes & u.classes) | 1 FROM seen u
        JOIN sharing_clauses() c ON c.agreement_id = ANY (u.agreements) AND c.giver_id = u.owner_id
            AND c.receiver_id = sharing_viewer_agency() AND u.kind = ANY (c.kinds)
    UNION ALL
    SELECT 'community', NULL, 1 FROM seen u WHERE u.community AND (u.floor OR sharing_open())
$$;

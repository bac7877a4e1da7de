-- As before, and no audience whose marking the setting `limen.markings` does not name, where it names any: what is made
-- to leave the screen is counted from what its own marking lets it hold. The setting can only take away, so it needs no
-- seal. (limen/node/sharing/copying.py)
CREATE OR REPLACE FUNCTION sharing_audiences(mask integer) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT g.audience_id ORDER BY g.audience_id), '{}')
    FROM people_officer o
    CROSS JOIN LATERAL (
        SELECT coalesce(bit_or(r.own), 0) AS own, coalesce(bit_or(r."foreign"), 0) AS "foreign"
        FROM sharing_role r WHERE r.role = ANY (o.roles)
    ) ceiling
    JOIN sharing_grant g
        ON (g.agency_id = o.agency_id OR g.agency_id IS NULL)
        AND (g.officer_id = o.id OR g.officer_id IS NULL)
        AND (g.role = ANY (o.roles) OR g.role IS NULL)
    WHERE o.id = sharing_viewer()
        AND (g.classes & CASE WHEN g.own THEN ceiling.own ELSE ceiling."foreign" END & mask) <> 0
        AND (coalesce(current_setting('limen.markings', true), '') = ''
             OR EXISTS (SELECT FROM sharing_audience u WHERE u.id = g.audience_id
                        AND u.marking = ANY (string_to_array(current_setting('limen.markings', true), ','))))
$$;

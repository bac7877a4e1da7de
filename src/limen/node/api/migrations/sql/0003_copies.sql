-- The audiences whose records the viewer may take off the screen (policy.may_copy): the own agency's, and of others those
-- whose marking lets a recipient copy, less what is seen by agreements alone that forbid it.
CREATE OR REPLACE FUNCTION api_copies() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(a.id ORDER BY a.id), '{}') FROM sharing_audience a
    WHERE a.id = ANY (sharing_audiences(1)) AND NOT (a.id = ANY (sharing_read_here()))
        AND (a.owner_id = sharing_viewer_agency() OR a.marking IN ('clear', 'green', 'amber'))
$$;

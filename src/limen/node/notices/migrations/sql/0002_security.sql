-- Notices are their officer's alone. They are written by notices_tell, read and marked as seen by the officer, sent and
-- deleted by the worker. What is still to be sent and the key for push services are closed to the site.

ALTER TABLE notices_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notices_notice USING (officer_id = (SELECT sharing_viewer()))
    WITH CHECK (officer_id = (SELECT sharing_viewer()));

ALTER TABLE notices_ways ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notices_ways USING (officer_id = (SELECT sharing_viewer()))
    WITH CHECK (officer_id = (SELECT sharing_viewer()));

ALTER TABLE notices_device ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notices_device USING (officer_id = (SELECT sharing_viewer()))
    WITH CHECK (officer_id = (SELECT sharing_viewer()));

-- An address within the site, and nothing that could be text: whoever tells cannot write to anybody.
ALTER TABLE notices_notice ADD CONSTRAINT notices_within_the_site CHECK (url ~ '^/[^/\\]' AND url !~ '[[:space:]]');
ALTER TABLE notices_notice ADD CONSTRAINT notices_number_alone CHECK (number ~ '^[A-Za-z0-9._-]+$');

-- One row for each of these officers who may act and is no machine; how many.
CREATE FUNCTION notices_tell(
    p_officers bigint[], p_kind text, p_number text, p_url text, p_urgent boolean, p_email boolean, p_push boolean
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told integer;
BEGIN
    IF sharing_viewer() IS NULL AND current_setting('role') = 'limen_site' THEN
        RAISE EXCEPTION 'Nobody tells.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO notices_notice (officer_id, kind, number, url, urgent, by_email, by_push, created_at, planned)
    SELECT o.id, p_kind, p_number, p_url, p_urgent, p_email, p_push, now(), NOT (p_email OR p_push)
    FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
    WHERE o.id = ANY (p_officers) AND o.is_active AND a.is_active AND NOT o.is_machine;
    GET DIAGNOSTICS told = ROW_COUNT;
    RETURN told;
END
$$;

-- A browser is one officer's: whoever switches notices on in it takes it over.
CREATE FUNCTION notices_leave_device(p_digest text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM notices_device WHERE endpoint_digest = p_digest AND officer_id <> sharing_viewer()
$$;

CREATE FUNCTION notices_push_public() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT public FROM notices_pushkey LIMIT 1
$$;

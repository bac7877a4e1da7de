-- Tokens are their agency's administrators' alone, and a request is recognised before anybody looks: by the function
-- below, which runs with the rights of the keeper, so that the site need not, and cannot, read a digest.

ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY administrators_see ON api_token FOR SELECT
    USING (agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('administrator')));
CREATE POLICY administrators_make ON api_token FOR INSERT
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('administrator'))
                AND created_by_id = (SELECT sharing_viewer()));
CREATE POLICY administrators_revoke ON api_token FOR UPDATE
    USING (agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('administrator')));

-- Whatever the site's code does: a token is a machine's of its own agency, and once revoked stays so.
CREATE FUNCTION api_guard_token() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM people_officer o WHERE o.id = NEW.officer_id AND o.agency_id = NEW.agency_id AND o.is_machine) THEN
        RAISE EXCEPTION 'A token is a machine''s of its own agency.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
        RAISE EXCEPTION 'A revoked token stays revoked.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER api_guard_token BEFORE INSERT OR UPDATE ON api_token
    FOR EACH ROW EXECUTE FUNCTION api_guard_token();

-- How many requests each token may still make at once: a bucket that fills by `rate` a second up to `burst`. It is
-- worth nothing after a crash, so it is not logged.
CREATE UNLOGGED TABLE api_pace (
    token_id bigint PRIMARY KEY REFERENCES api_token ON DELETE CASCADE,
    filled double precision NOT NULL,
    at timestamptz NOT NULL
);
REVOKE ALL ON api_pace FROM PUBLIC;

-- Who brings the secret with this digest: the machine, and how many seconds it must wait (0: it may go on). No row where
-- the token is not known, expired or revoked, or its machine or agency deactivated. Notes the use, once a minute.
CREATE FUNCTION api_authenticate(p_digest bytea, p_rate double precision, p_burst double precision)
RETURNS TABLE (token bigint, officer bigint, expires timestamptz, wait double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found api_token;
    moment timestamptz := clock_timestamp();
    left_over double precision;
BEGIN
    SELECT t.* INTO found FROM api_token t
        JOIN people_officer o ON o.id = t.officer_id
        JOIN people_agency a ON a.id = t.agency_id
        WHERE t.digest = p_digest AND t.revoked_at IS NULL AND t.expires_at > moment
            AND o.is_machine AND o.is_active AND a.is_active;
    IF found.id IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO api_pace AS pace (token_id, filled, at) VALUES (found.id, p_burst - 1, moment)
        ON CONFLICT (token_id) DO UPDATE SET
            filled = greatest(-1, least(p_burst, pace.filled + extract(epoch FROM moment - pace.at) * p_rate) - 1),
            at = greatest(pace.at, moment)
        RETURNING pace.filled INTO left_over;
    IF left_over < 0 THEN
        -- A refused request takes nothing.
        UPDATE api_pace SET filled = filled + 1 WHERE token_id = found.id;
    END IF;
    IF found.last_used_at IS NULL OR found.last_used_at < moment - interval '1 minute' THEN
        UPDATE api_token SET last_used_at = moment WHERE id = found.id;
    END IF;
    RETURN QUERY SELECT found.id, found.officer_id, found.expires_at, greatest(0, -left_over / p_rate);
END
$$;

-- The audiences whose records the viewer may take off the screen (limen.node.reports.reading.may_copy): the own agency's,
-- and of others those whose marking lets a recipient copy.
CREATE FUNCTION api_copies() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(a.id ORDER BY a.id), '{}') FROM sharing_audience a
    WHERE a.id = ANY (sharing_audiences(1))
        AND (a.owner_id = sharing_viewer_agency() OR a.marking IN ('clear', 'green', 'amber'))
$$;

-- Appending to the log. The functions run with the rights of the keeper, who owns them: the site itself may only call
-- them. `digest` here and in limen/node/audit/verifying.py must stay equal.

CREATE FUNCTION audit_part(field text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN field IS NULL THEN '-'::bytea
                ELSE convert_to(octet_length(convert_to(field, 'UTF8')) || ':' || field, 'UTF8') END
$$;

CREATE FUNCTION audit_digest(
    previous bytea, chain bigint, "position" bigint, at timestamptz, actor bigint, action text, subject text, details text
) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(
        previous || audit_part(chain::text) || audit_part("position"::text)
        || audit_part(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_part(actor::text) || audit_part(action) || audit_part(subject) || audit_part(details))
$$;

CREATE FUNCTION audit_append(agency bigint, action text, subject text, details text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    viewer bigint := sharing_named();
    link bigint := coalesce((SELECT agency_id FROM people_officer WHERE id = viewer), agency, 0);
    head audit_head;
    moment timestamptz := clock_timestamp();
    written bigint;
    ending bytea;
BEGIN
    INSERT INTO audit_head VALUES (link, 0, '\x0000000000000000000000000000000000000000000000000000000000000000')
        ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_head h WHERE h.chain = link FOR UPDATE;
    ending := audit_digest(head.digest, link, head.position + 1, moment, viewer, action, subject, details);
    INSERT INTO audit_entry (chain, "position", at, actor, action, subject, details, previous, digest)
        VALUES (link, head.position + 1, moment, viewer, action, subject, details, head.digest, ending)
        RETURNING id INTO written;
    UPDATE audit_head h SET "position" = head.position + 1, digest = ending WHERE h.chain = link;
    RETURN written;
END
$$;

CREATE FUNCTION audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only.';
END
$$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

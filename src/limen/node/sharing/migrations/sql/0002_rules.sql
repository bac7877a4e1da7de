-- Who looks, and which audiences they are in. These functions run with the rights of the keeper, who owns them; the site
-- may call them, and cannot write what they read. The rule itself is explained in limen/node/sharing/rules.py.

-- Whom the session names in `limen.viewer`: a number and its seal, which the site's code alone can make, since the key
-- is closed to the site's role. SQL that found a way in can name nobody else. (limen/node/sharing/viewer.py)
CREATE FUNCTION sharing_named() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN split_part(said, '.', 2)
                = encode(sha256(k.key || sha256(k.key || convert_to(split_part(said, '.', 1), 'UTF8'))), 'hex')
                THEN split_part(said, '.', 1)::bigint END
    FROM sharing_viewerkey k, current_setting('limen.viewer', true) said
$$;

-- The officer who looks, if there is one who may look at anything.
CREATE FUNCTION sharing_viewer() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.id FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
    WHERE o.id = sharing_named() AND o.is_active AND a.is_active
$$;

CREATE FUNCTION sharing_viewer_agency() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT agency_id FROM people_officer WHERE id = sharing_viewer()
$$;

CREATE FUNCTION sharing_viewer_is(VARIADIC wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT roles && wanted::varchar[] FROM people_officer WHERE id = sharing_viewer()), false)
$$;

-- The audiences in which the viewer sees at least one of the field classes of the mask (1 statistical, 2 document,
-- 4 bearer, 8 biometric). Policies call it in a sub-select, so that a statement asks once and not once a row.
CREATE FUNCTION sharing_audiences(mask integer) RETURNS bigint[]
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
$$;

-- What the viewer sees of records with this audience, as a mask.
CREATE FUNCTION sharing_sight(wanted bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bit_or(bit), 0) FROM unnest(ARRAY[1, 2, 4, 8]) bit WHERE wanted = ANY (sharing_audiences(bit))
$$;

-- The number of the audience with these recipients, made with its grants where it is new. Only an officer of the owner
-- may make one, or the keeper, for whom nobody looks.
CREATE FUNCTION sharing_intern(
    p_owner bigint, p_marking text, p_community boolean, p_agencies bigint[], p_officers bigint[], p_classes integer
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    agencies bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_agencies) x WHERE x <> p_owner), '{}');
    officers bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_officers) x), '{}');
    -- The community receives class 0 whatever is asked: other classes go to those who are named, so without any the
    -- audience is the same one.
    classes integer := CASE WHEN agencies = '{}' AND officers = '{}' THEN 1 ELSE (p_classes | 1) & 15 END;
    ident bytea := sha256(convert_to(jsonb_build_array(p_owner, p_marking, p_community, agencies, officers, classes)::text, 'UTF8'));
    found bigint;
BEGIN
    IF sharing_named() IS NOT NULL AND p_owner IS DISTINCT FROM sharing_viewer_agency() THEN
        RAISE EXCEPTION 'Only its owner makes an audience.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF sharing_named() IS NULL AND current_setting('role') = 'limen_site' THEN
        RAISE EXCEPTION 'Nobody makes an audience.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (p_community AND p_marking NOT IN ('clear', 'green')) OR (agencies <> '{}' AND p_marking = 'red')
        OR (officers <> '{}' AND p_marking <> 'red') OR p_marking NOT IN ('clear', 'green', 'amber', 'amber_strict', 'red') THEN
        RAISE EXCEPTION 'The audience contradicts its marking.' USING ERRCODE = 'check_violation';
    END IF;
    SELECT id INTO found FROM sharing_audience WHERE key = ident;
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    INSERT INTO sharing_audience (key, owner_id, marking, community, agencies, officers, classes, is_private, created_at)
        VALUES (ident, p_owner, p_marking, p_community, agencies, officers, classes,
                NOT (p_community OR agencies <> '{}' OR officers <> '{}'), now())
        ON CONFLICT (key) DO NOTHING RETURNING id INTO found;
    IF found IS NULL THEN
        SELECT id INTO STRICT found FROM sharing_audience WHERE key = ident;
        RETURN found;
    END IF;
    INSERT INTO sharing_grant (audience_id, agency_id, officer_id, role, classes, own)
    SELECT found, p_owner, NULL::bigint, CASE WHEN p_marking = 'red' THEN 'coordinator' END, 15, true
    UNION ALL
    SELECT found, NULL, NULL, NULL, 1, false WHERE p_community
    UNION ALL
    SELECT found, a.id, NULL, NULL, classes, false FROM people_agency a WHERE a.id = ANY (agencies)
    UNION ALL
    SELECT found, o.agency_id, o.id, NULL, CASE WHEN o.agency_id = p_owner THEN 15 ELSE classes END, o.agency_id = p_owner
        FROM people_officer o WHERE o.id = ANY (officers);
    RETURN found;
END
$$;

-- Who is in an audience, for its owner alone.
ALTER TABLE sharing_audience ENABLE ROW LEVEL SECURITY;
CREATE POLICY owners ON sharing_audience FOR SELECT USING (owner_id = (SELECT sharing_viewer_agency()));

-- Proposals are the owner's; one proposes and decides in one's own name.
ALTER TABLE sharing_release ENABLE ROW LEVEL SECURITY;
CREATE POLICY owners_see ON sharing_release FOR SELECT USING (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY owners_propose ON sharing_release FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND proposed_by_id = (SELECT sharing_viewer()));
CREATE POLICY owners_decide ON sharing_release FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));

-- Whatever the site's code does: what was proposed does not change afterwards, one decides in one's own name, and the
-- proposer's own decision is enough for class 0 alone, in agencies that ask for no more.
CREATE FUNCTION sharing_guard_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    looking bigint := sharing_named();
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.kind, NEW.record, NEW.owner_id, NEW.audience_id, NEW.proposed_by_id)
        IS DISTINCT FROM (OLD.kind, OLD.record, OLD.owner_id, OLD.audience_id, OLD.proposed_by_id) THEN
        RAISE EXCEPTION 'A proposal does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.decision NOT IN ('open', 'approved') THEN
        RAISE EXCEPTION 'This proposal was decided.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.decided_by_id IS NOT NULL AND looking IS NOT NULL AND NEW.decided_by_id <> looking
        AND (TG_OP = 'INSERT' OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id) THEN
        RAISE EXCEPTION 'One decides in one''s own name.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.decision = 'approved' AND (TG_OP = 'INSERT' OR OLD.decision <> 'approved') THEN
        IF NEW.decided_by_id IS NULL THEN
            RAISE EXCEPTION 'Somebody must decide.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NOT EXISTS (SELECT FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
                       WHERE o.id = NEW.decided_by_id AND o.agency_id = NEW.owner_id
                       AND o.is_active AND (a.machine_release OR NOT o.is_machine) AND (o.roles && ARRAY['coordinator', 'examiner']::varchar[]
                           OR (NEW.proposed_by_id = o.id AND NOT sharing_needs_two(NEW.audience_id)))) THEN
            RAISE EXCEPTION 'This officer cannot approve.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.decided_by_id = NEW.proposed_by_id AND sharing_needs_two(NEW.audience_id) THEN
            RAISE EXCEPTION 'Two people are needed.' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- Whether a release to this audience needs a second person.
CREATE FUNCTION sharing_needs_two(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT u.classes <> 1 OR a.second_person_always FROM sharing_audience u
                     JOIN people_agency a ON a.id = u.owner_id WHERE u.id = wanted), true)
$$;

CREATE TRIGGER sharing_guard_release BEFORE INSERT OR UPDATE ON sharing_release
    FOR EACH ROW EXECUTE FUNCTION sharing_guard_release();

-- For the trigger of every shareable table: which audience a record may take on. `kind` is the trigger's argument.
CREATE FUNCTION sharing_guard_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    target sharing_audience;
BEGIN
    SELECT * INTO STRICT target FROM sharing_audience WHERE id = NEW.audience_id;
    IF target.owner_id <> NEW.owner_id THEN
        RAISE EXCEPTION 'This audience is another agency''s.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.owner_id <> OLD.owner_id THEN
        RAISE EXCEPTION 'A record does not change hands.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.marking := target.marking;
    IF NOT target.is_private AND current_setting('role') = 'limen_site' AND NOT EXISTS (
        SELECT FROM sharing_release r WHERE r.kind = TG_ARGV[0] AND r.record = NEW.id AND r.audience_id = NEW.audience_id
            AND r.decision = 'approved') THEN
        RAISE EXCEPTION 'Nobody released this record to this audience.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- The log is read by coordinators and administrators of the agency; the node's own by administrators of the operator.
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY overseers ON audit_entry FOR SELECT USING (
    (chain = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'administrator')))
    OR (chain = 0 AND (SELECT sharing_viewer_is('administrator'))
        AND (SELECT coalesce((SELECT operates_node FROM people_agency WHERE id = sharing_viewer_agency()), false))));

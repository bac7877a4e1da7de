-- Contribute to see: what the community asks of those who see its records, who gave it, and who may change what is asked.
-- The rule is explained in limen/node/sharing/contributing.py.

-- What was, is and will be asked, with the moments between which it is: a condition holds from its beginning until one
-- that was confirmed later begins.
CREATE FUNCTION sharing_asked()
RETURNS TABLE (is_on boolean, at_least integer, months integer, grace integer, since timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT is_on, at_least, months, grace, since, until
    FROM (SELECT c.is_on, c.least::integer AS at_least, c.months::integer, c.grace::integer, c.begins_at AS since,
                 min(c.begins_at) OVER (ORDER BY c.decided_at, c.id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS until
          FROM sharing_condition c WHERE c.stage = 'confirmed') confirmed
    WHERE until IS NULL OR since < until
$$;

-- The moment until which what an agency gave by now is enough. Months are added as the calendar of UTC has them.
CREATE FUNCTION sharing_enough_until(wanted bigint, at_least integer, months integer, grace integer) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT greatest(
        a.created_at AT TIME ZONE 'UTC' + make_interval(months => grace),
        (SELECT r.decided_at AT TIME ZONE 'UTC' + make_interval(months => sharing_enough_until.months)
         FROM sharing_release r
         WHERE r.owner_id = wanted AND r.kind = 'reports' AND r.decision = 'approved' AND r.decided_at <= now()
         ORDER BY r.decided_at DESC LIMIT 1 OFFSET at_least - 1),
        (SELECT max(s.month) + make_interval(months => 1 + sharing_enough_until.months)
         FROM sharing_statement s WHERE s.agency_id = wanted)) AT TIME ZONE 'UTC'
    FROM people_agency a WHERE a.id = wanted
$$;

CREATE FUNCTION sharing_contributes(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bool_and(now() < sharing_enough_until(wanted, a.at_least, a.months, a.grace)), true)
    FROM sharing_asked() a WHERE a.is_on AND a.since <= now() AND (a.until IS NULL OR now() < a.until)
$$;

-- Whether the viewer's agency sees what is for the community.
CREATE FUNCTION sharing_open() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT sharing_contributes(sharing_viewer_agency())
$$;

-- The agencies that do not; of others than one's own the keeper alone is told.
CREATE FUNCTION sharing_closed() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(a.id), '{}') FROM people_agency a
    WHERE ((sharing_named() IS NULL AND current_setting('role') <> 'limen_site') OR a.id = sharing_viewer_agency())
      AND NOT sharing_contributes(a.id)
$$;

-- What is asked of an agency from now on, with the moment until which it has given enough; of the viewer's own, or, to
-- the keeper, of any.
CREATE FUNCTION sharing_prospect(wanted bigint)
RETURNS TABLE (since timestamptz, until timestamptz, is_on boolean, at_least integer, months integer, grace integer, enough timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.since, a.until, a.is_on, a.at_least, a.months, a.grace, sharing_enough_until(wanted, a.at_least, a.months, a.grace)
    FROM sharing_asked() a
    WHERE (a.until IS NULL OR now() < a.until)
      AND ((sharing_named() IS NULL AND current_setting('role') <> 'limen_site') OR wanted = sharing_viewer_agency())
    ORDER BY a.since
$$;

REVOKE EXECUTE ON FUNCTION sharing_enough_until(bigint, integer, integer, integer), sharing_contributes(bigint) FROM PUBLIC;

-- As before, and a grant to the community counts while the viewer's agency contributes, or where it warns of danger. Asked
-- in a sub-select, so that it is asked once.
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
        AND (g.since IS NULL OR g.since <= now()) AND (g.until IS NULL OR now() < g.until)
        AND (g.agency_id IS NOT NULL OR g.floor OR (SELECT sharing_open()))
        AND (coalesce(current_setting('limen.markings', true), '') = ''
             OR (g.copied AND EXISTS (SELECT FROM sharing_audience u WHERE u.id = g.audience_id
                 AND u.marking = ANY (string_to_array(current_setting('limen.markings', true), ',')))))
$$;

-- As before. The audiences that the viewer sees by agreements alone that forbid copies.
CREATE OR REPLACE FUNCTION sharing_read_here() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(audience_id), '{}') FROM (
        SELECT g.audience_id FROM sharing_grant g JOIN people_officer o ON o.id = sharing_viewer()
        WHERE (g.agency_id = o.agency_id OR g.agency_id IS NULL)
            AND (g.officer_id = o.id OR g.officer_id IS NULL)
            AND (g.role = ANY (o.roles) OR g.role IS NULL)
            AND (g.since IS NULL OR g.since <= now()) AND (g.until IS NULL OR now() < g.until)
            AND (g.agency_id IS NOT NULL OR g.floor OR (SELECT sharing_open()))
        GROUP BY g.audience_id HAVING NOT bool_or(g.copied)) seen
$$;

-- As before, and for warnings of imminent danger, which are of one kind.
DROP FUNCTION sharing_intern(bigint, text, boolean, bigint[], bigint[], integer, bigint[], text);
CREATE FUNCTION sharing_intern(
    p_owner bigint, p_marking text, p_community boolean, p_agencies bigint[], p_officers bigint[], p_classes integer,
    p_agreements bigint[] DEFAULT '{}', p_kind text DEFAULT '', p_floor boolean DEFAULT false
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    agencies bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_agencies) x WHERE x <> p_owner), '{}');
    officers bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_officers) x), '{}');
    under bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_agreements) x), '{}');
    kind text := CASE WHEN under = '{}' AND NOT p_floor THEN '' ELSE p_kind END;
    -- The community receives class 0 whatever is asked: other classes go to those who are named, so without any the
    -- audience is the same one.
    classes integer := CASE WHEN agencies = '{}' AND officers = '{}' AND under = '{}' THEN 1 ELSE (p_classes | 1) & 15 END;
    parts jsonb := jsonb_build_array(p_owner, p_marking, p_community, agencies, officers, classes)
        || CASE WHEN under = '{}' THEN '[]'::jsonb ELSE jsonb_build_array(under, kind) END
        || CASE WHEN p_floor THEN jsonb_build_array('floor', kind) ELSE '[]'::jsonb END;
    ident bytea := sha256(convert_to(parts::text, 'UTF8'));
    found bigint;
BEGIN
    IF sharing_named() IS NOT NULL AND p_owner IS DISTINCT FROM sharing_viewer_agency() THEN
        RAISE EXCEPTION 'Only its owner makes an audience.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF sharing_named() IS NULL AND current_setting('role') = 'limen_site' THEN
        RAISE EXCEPTION 'Nobody makes an audience.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (p_community AND p_marking NOT IN ('clear', 'green')) OR (agencies <> '{}' AND p_marking = 'red')
        OR (officers <> '{}' AND p_marking <> 'red') OR (under <> '{}' AND (p_marking = 'red' OR kind = ''))
        OR (p_floor AND (NOT p_community OR kind = ''))
        OR p_marking NOT IN ('clear', 'green', 'amber', 'amber_strict', 'red') THEN
        RAISE EXCEPTION 'The audience contradicts its marking.' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM unnest(under) x WHERE NOT EXISTS (
        SELECT FROM sharing_edition e JOIN sharing_party p ON p.edition_id = e.id
        WHERE e.agreement_id = x AND e.stage = 'agreed' AND p.agency_id = p_owner)) THEN
        RAISE EXCEPTION 'Its owner is no party to this agreement.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT id INTO found FROM sharing_audience WHERE key = ident;
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    -- Whoever changes one of the agreements now, derives its grants before this audience is there, or after.
    PERFORM FROM sharing_agreement WHERE id = ANY (under) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO sharing_audience (key, owner_id, marking, community, agencies, officers, classes, is_private, agreements, kind, floor, created_at)
        VALUES (ident, p_owner, p_marking, p_community, agencies, officers, classes,
                NOT (p_community OR agencies <> '{}' OR officers <> '{}' OR under <> '{}'), under, kind, p_floor, now())
        ON CONFLICT (key) DO NOTHING RETURNING id INTO found;
    IF found IS NULL THEN
        SELECT id INTO STRICT found FROM sharing_audience WHERE key = ident;
        RETURN found;
    END IF;
    INSERT INTO sharing_grant (audience_id, agency_id, officer_id, role, classes, own, copied, floor)
    SELECT found, p_owner, NULL::bigint, CASE WHEN p_marking = 'red' THEN 'coordinator' END, 15, true, true, false
    UNION ALL
    SELECT found, NULL, NULL, NULL, 1, false, true, p_floor WHERE p_community
    UNION ALL
    SELECT found, a.id, NULL, NULL, classes, false, true, false FROM people_agency a WHERE a.id = ANY (agencies)
    UNION ALL
    SELECT found, o.agency_id, o.id, NULL, CASE WHEN o.agency_id = p_owner THEN 15 ELSE classes END, o.agency_id = p_owner, true, false
        FROM people_officer o WHERE o.id = ANY (officers);
    PERFORM sharing_grant_under(x, found) FROM unnest(under) x;
    RETURN found;
END
$$;

-- Who operates the node decides what is asked: an administrator of its operator, a person.
CREATE FUNCTION sharing_operates() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
                   WHERE o.id = sharing_viewer() AND a.operates_node AND NOT o.is_machine AND 'administrator' = ANY (o.roles))
$$;

-- Everybody knows what is and was asked; what is only proposed, those who decide.
ALTER TABLE sharing_condition ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON sharing_condition FOR SELECT
    USING (((SELECT sharing_viewer()) IS NOT NULL AND stage = 'confirmed') OR (SELECT sharing_operates()));
CREATE POLICY propose ON sharing_condition FOR INSERT
    WITH CHECK ((SELECT sharing_operates()) AND proposed_by_id = (SELECT sharing_viewer()));
CREATE POLICY decide ON sharing_condition FOR UPDATE USING ((SELECT sharing_operates())) WITH CHECK ((SELECT sharing_operates()));

-- One proposes, another confirms; anybody who may propose takes it back. A condition begins thirty days after it is
-- confirmed (conditions.WARNED_DAYS), so that all are warned; that nothing is asked any more holds at once.
CREATE FUNCTION sharing_guard_condition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    deciding text[] := ARRAY['stage', 'decided_by_id', 'decided_at', 'begins_at'];
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.stage := 'proposed'; NEW.proposed_at := now();
        NEW.decided_by_id := NULL; NEW.decided_at := NULL; NEW.begins_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.stage <> 'proposed' OR NEW.stage NOT IN ('confirmed', 'withdrawn')
        OR (to_jsonb(NEW) - deciding) IS DISTINCT FROM (to_jsonb(OLD) - deciding) THEN
        RAISE EXCEPTION 'What was proposed does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT sharing_operates() OR NEW.decided_by_id IS DISTINCT FROM sharing_viewer() THEN
        RAISE EXCEPTION 'One decides in one''s own name.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.stage = 'confirmed' AND NEW.decided_by_id = OLD.proposed_by_id THEN
        RAISE EXCEPTION 'Two people are needed.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.decided_at := now();
    NEW.begins_at := CASE WHEN NEW.stage = 'confirmed' THEN now() + CASE WHEN NEW.is_on THEN interval '30 days' ELSE '0' END END;
    RETURN NEW;
END
$$;
CREATE TRIGGER sharing_guard_condition BEFORE INSERT OR UPDATE ON sharing_condition
    FOR EACH ROW EXECUTE FUNCTION sharing_guard_condition();

-- A statement is the agency's own, signed by a coordinator in their own name, of a month of the last two years that is over.
ALTER TABLE sharing_statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON sharing_statement FOR SELECT USING (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY sign ON sharing_statement FOR INSERT
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()) AND signed_by_id = (SELECT sharing_viewer())
                AND (SELECT sharing_viewer_is('coordinator')));

CREATE FUNCTION sharing_guard_statement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    IF NEW.month <> date_trunc('month', NEW.month)::date
        OR NEW.month + interval '1 month' > now() AT TIME ZONE 'UTC' OR NEW.month + interval '25 months' < now() AT TIME ZONE 'UTC' THEN
        RAISE EXCEPTION 'A statement is of a month that is over.' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT sharing_decides(NEW.signed_by_id, NEW.agency_id) THEN
        RAISE EXCEPTION 'A person signs.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.signed_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER sharing_guard_statement BEFORE INSERT ON sharing_statement FOR EACH ROW EXECUTE FUNCTION sharing_guard_statement();

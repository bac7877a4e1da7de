-- Agreements: what makes an edition agreed, and what that grants. Everything here runs with the rights of the keeper; the
-- site calls it, or fires it by a change that row-level security allows.

-- The clauses that hold, with the moments between which they do: of each agreed edition, from its first day or its
-- agreement, whichever is later, until its last day or the next edition. None while a party halts, none after the end.
CREATE FUNCTION sharing_windows(wanted bigint)
RETURNS TABLE (edition_id bigint, since timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, since, least(last, lead(since) OVER (ORDER BY since, number))
    FROM (SELECT e.id, e.number,
                 greatest(e.begins_on::timestamp AT TIME ZONE 'UTC', e.agreed_at) AS since,
                 coalesce((e.ends_on + 1)::timestamp AT TIME ZONE 'UTC', 'infinity') AS last
          FROM sharing_edition e JOIN sharing_agreement a ON a.id = e.agreement_id
          WHERE e.agreement_id = wanted AND e.stage = 'agreed' AND a.ended_at IS NULL
            AND NOT EXISTS (SELECT FROM sharing_halt h WHERE h.agreement_id = a.id AND h.lifted_at IS NULL)) agreed
$$;

-- What an agreement grants to one audience, or to all that name it.
CREATE FUNCTION sharing_grant_under(wanted bigint, only_audience bigint DEFAULT NULL) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO sharing_grant (audience_id, agency_id, officer_id, role, classes, own, agreement_id, since, until, copied)
    SELECT u.id, c.receiver_id, NULL, NULL, (c.classes & u.classes) | 1, false, wanted, w.since, w.until, e.onward <> 'no'
    FROM sharing_windows(wanted) w
    JOIN sharing_edition e ON e.id = w.edition_id
    JOIN sharing_clause c ON c.edition_id = w.edition_id
    JOIN sharing_audience u ON u.agreements @> ARRAY[wanted] AND u.owner_id = c.giver_id AND u.kind = ANY (c.kinds)
    WHERE w.since < w.until AND (only_audience IS NULL OR u.id = only_audience)
$$;

-- Derive anew what an agreement grants. The row of the agreement is locked, so that two changes at once follow one another.
CREATE FUNCTION sharing_regrant(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM sharing_agreement WHERE id = wanted FOR NO KEY UPDATE;
    DELETE FROM sharing_grant WHERE agreement_id = wanted;
    PERFORM sharing_grant_under(wanted);
END
$$;

-- As before, and only while a grant holds; what is made to leave the screen counts no grant that forbids copies.
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
        AND (coalesce(current_setting('limen.markings', true), '') = ''
             OR (g.copied AND EXISTS (SELECT FROM sharing_audience u WHERE u.id = g.audience_id
                 AND u.marking = ANY (string_to_array(current_setting('limen.markings', true), ',')))))
$$;

-- The audiences that the viewer sees by agreements alone that forbid copies.
CREATE FUNCTION sharing_read_here() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(audience_id), '{}') FROM (
        SELECT g.audience_id FROM sharing_grant g JOIN people_officer o ON o.id = sharing_viewer()
        WHERE (g.agency_id = o.agency_id OR g.agency_id IS NULL)
            AND (g.officer_id = o.id OR g.officer_id IS NULL)
            AND (g.role = ANY (o.roles) OR g.role IS NULL)
            AND (g.since IS NULL OR g.since <= now()) AND (g.until IS NULL OR now() < g.until)
        GROUP BY g.audience_id HAVING NOT bool_or(g.copied)) seen
$$;

-- As before, and under agreements, for one kind of records.
DROP FUNCTION sharing_intern(bigint, text, boolean, bigint[], bigint[], integer);
CREATE FUNCTION sharing_intern(
    p_owner bigint, p_marking text, p_community boolean, p_agencies bigint[], p_officers bigint[], p_classes integer,
    p_agreements bigint[] DEFAULT '{}', p_kind text DEFAULT ''
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    agencies bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_agencies) x WHERE x <> p_owner), '{}');
    officers bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_officers) x), '{}');
    under bigint[] := coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(p_agreements) x), '{}');
    kind text := CASE WHEN under = '{}' THEN '' ELSE p_kind END;
    -- The community receives class 0 whatever is asked: other classes go to those who are named, so without any the
    -- audience is the same one.
    classes integer := CASE WHEN agencies = '{}' AND officers = '{}' AND under = '{}' THEN 1 ELSE (p_classes | 1) & 15 END;
    parts jsonb := jsonb_build_array(p_owner, p_marking, p_community, agencies, officers, classes)
        || CASE WHEN under = '{}' THEN '[]'::jsonb ELSE jsonb_build_array(under, kind) END;
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
    INSERT INTO sharing_audience (key, owner_id, marking, community, agencies, officers, classes, is_private, agreements, kind, created_at)
        VALUES (ident, p_owner, p_marking, p_community, agencies, officers, classes,
                NOT (p_community OR agencies <> '{}' OR officers <> '{}' OR under <> '{}'), under, kind, now())
        ON CONFLICT (key) DO NOTHING RETURNING id INTO found;
    IF found IS NULL THEN
        SELECT id INTO STRICT found FROM sharing_audience WHERE key = ident;
        RETURN found;
    END IF;
    INSERT INTO sharing_grant (audience_id, agency_id, officer_id, role, classes, own, copied)
    SELECT found, p_owner, NULL::bigint, CASE WHEN p_marking = 'red' THEN 'coordinator' END, 15, true, true
    UNION ALL
    SELECT found, NULL, NULL, NULL, 1, false, true WHERE p_community
    UNION ALL
    SELECT found, a.id, NULL, NULL, classes, false, true FROM people_agency a WHERE a.id = ANY (agencies)
    UNION ALL
    SELECT found, o.agency_id, o.id, NULL, CASE WHEN o.agency_id = p_owner THEN 15 ELSE classes END, o.agency_id = p_owner, true
        FROM people_officer o WHERE o.id = ANY (officers);
    PERFORM sharing_grant_under(x, found) FROM unnest(under) x;
    RETURN found;
END
$$;

-- As before, and an audience under agreements is for records of its kind.
CREATE OR REPLACE FUNCTION sharing_guard_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    target sharing_audience;
BEGIN
    SELECT * INTO STRICT target FROM sharing_audience WHERE id = NEW.audience_id;
    IF target.owner_id <> NEW.owner_id THEN
        RAISE EXCEPTION 'This audience is another agency''s.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF target.kind NOT IN ('', TG_ARGV[0]) THEN
        RAISE EXCEPTION 'This audience is for records of another kind.' USING ERRCODE = 'insufficient_privilege';
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

-- Whether the viewer's agency is a party to any edition that was ever put to it; a draft is its maker's alone.
CREATE FUNCTION sharing_agreements() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT e.agreement_id), '{}') FROM sharing_edition e
    WHERE e.maker_id = sharing_viewer_agency()
       OR (e.stage <> 'draft' AND EXISTS (
            SELECT FROM sharing_party p WHERE p.edition_id = e.id AND p.agency_id = sharing_viewer_agency()))
$$;

CREATE FUNCTION sharing_editions() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(e.id), '{}') FROM sharing_edition e
    WHERE e.maker_id = sharing_viewer_agency()
       OR (e.stage <> 'draft' AND EXISTS (
            SELECT FROM sharing_party p WHERE p.edition_id = e.id AND p.agency_id = sharing_viewer_agency()))
$$;

-- The clauses in force between the viewer's agency and others; to the keeper, for whom nobody looks, all.
CREATE FUNCTION sharing_clauses()
RETURNS TABLE (agreement_id bigint, giver_id bigint, receiver_id bigint, kinds text[], classes integer, onward text, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.agreement_id, c.giver_id, c.receiver_id, c.kinds::text[], c.classes::integer, e.onward::text, w.until
    FROM sharing_agreement x
    CROSS JOIN LATERAL sharing_windows(x.id) w
    JOIN sharing_edition e ON e.id = w.edition_id
    JOIN sharing_clause c ON c.edition_id = e.id
    WHERE w.since <= now() AND now() < w.until
      AND ((sharing_named() IS NULL AND current_setting('role') <> 'limen_site')
           OR EXISTS (SELECT FROM sharing_party p WHERE p.edition_id = e.id AND p.agency_id = sharing_viewer_agency()))
$$;

-- What tells of agreements, or writes grants, is for the functions and triggers here alone.
REVOKE EXECUTE ON FUNCTION sharing_windows(bigint), sharing_grant_under(bigint, bigint), sharing_regrant(bigint) FROM PUBLIC;

-- Who may read, write, propose. Content changes in drafts alone, stages by the steps below.
ALTER TABLE sharing_agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_edition ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_party ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_clause ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE sharing_halt ENABLE ROW LEVEL SECURITY;

CREATE POLICY see ON sharing_agreement FOR SELECT
    USING (id = ANY ((SELECT sharing_agreements())::bigint[]) OR maker_id = (SELECT sharing_viewer_agency()));
CREATE POLICY begin ON sharing_agreement FOR INSERT
    WITH CHECK (maker_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'examiner')));
CREATE POLICY change ON sharing_agreement FOR UPDATE
    USING (id = ANY ((SELECT sharing_agreements())::bigint[])) WITH CHECK (true);
CREATE POLICY discard ON sharing_agreement FOR DELETE
    USING (maker_id = (SELECT sharing_viewer_agency())
           AND NOT EXISTS (SELECT FROM sharing_edition e WHERE e.agreement_id = sharing_agreement.id AND e.stage <> 'draft'));

CREATE POLICY see ON sharing_edition FOR SELECT
    USING (id = ANY ((SELECT sharing_editions())::bigint[]) OR maker_id = (SELECT sharing_viewer_agency()));
CREATE POLICY begin ON sharing_edition FOR INSERT
    WITH CHECK (maker_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()) AND stage = 'draft'
                AND (SELECT sharing_viewer_is('coordinator', 'examiner')));
CREATE POLICY change ON sharing_edition FOR UPDATE
    USING (id = ANY ((SELECT sharing_editions())::bigint[])) WITH CHECK (true);
CREATE POLICY discard ON sharing_edition FOR DELETE
    USING (maker_id = (SELECT sharing_viewer_agency()) AND stage = 'draft');

DO $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['sharing_party', 'sharing_clause'] LOOP
        EXECUTE format('CREATE POLICY see ON %I FOR SELECT USING (edition_id = ANY ((SELECT sharing_editions())::bigint[]))', part);
        EXECUTE format('CREATE POLICY write ON %I USING (edition_id IN (SELECT id FROM sharing_edition WHERE stage = ''draft'''
                       ' AND maker_id = (SELECT sharing_viewer_agency())))', part);
    END LOOP;
END
$$;

CREATE POLICY see ON sharing_consent FOR SELECT USING (edition_id = ANY ((SELECT sharing_editions())::bigint[]));
CREATE POLICY give ON sharing_consent FOR INSERT
    WITH CHECK (officer_id = (SELECT sharing_viewer()) AND agency_id = (SELECT sharing_viewer_agency()));

CREATE POLICY see ON sharing_halt FOR SELECT USING (agreement_id = ANY ((SELECT sharing_agreements())::bigint[]));
CREATE POLICY halt ON sharing_halt FOR INSERT
    WITH CHECK (officer_id = (SELECT sharing_viewer()) AND agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY lift ON sharing_halt FOR UPDATE
    USING (agency_id = (SELECT sharing_viewer_agency())) WITH CHECK (agency_id = (SELECT sharing_viewer_agency()));

-- Who may decide for an agency: an active coordinator or examiner of it, a person.
CREATE FUNCTION sharing_decides(officer bigint, agency bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
                   WHERE o.id = officer AND o.agency_id = agency AND o.is_active AND a.is_active AND NOT o.is_machine
                     AND o.roles && ARRAY['coordinator', 'examiner']::varchar[])
$$;

-- An agreement's end: by a person of a party, once, for good. Its title and maker do not change after the first proposal.
CREATE FUNCTION sharing_guard_agreement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    IF NEW.maker_id <> OLD.maker_id OR NEW.reference <> OLD.reference OR NEW.created_at <> OLD.created_at
        OR OLD.ended_at IS NOT NULL
        OR (NEW.title <> OLD.title AND EXISTS (SELECT FROM sharing_edition WHERE agreement_id = OLD.id AND stage <> 'draft')) THEN
        RAISE EXCEPTION 'An agreement does not change; amend it by a new edition.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
        IF NEW.ended_by_id IS DISTINCT FROM sharing_viewer() OR NOT sharing_decides(NEW.ended_by_id, sharing_viewer_agency())
            OR NOT EXISTS (SELECT FROM sharing_edition e JOIN sharing_party p ON p.edition_id = e.id
                           WHERE e.agreement_id = NEW.id AND e.stage = 'agreed' AND p.agency_id = sharing_viewer_agency()) THEN
            RAISE EXCEPTION 'A party ends an agreement, in one''s own name.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.ended_at := now();
    ELSIF NEW.title = OLD.title THEN
        RETURN NEW;
    ELSIF NEW.maker_id <> sharing_viewer_agency() THEN
        RAISE EXCEPTION 'Its maker alone names an agreement.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER sharing_guard_agreement BEFORE UPDATE ON sharing_agreement FOR EACH ROW EXECUTE FUNCTION sharing_guard_agreement();

CREATE FUNCTION sharing_agreement_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM sharing_regrant(NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER sharing_agreement_changed AFTER UPDATE ON sharing_agreement
    FOR EACH ROW WHEN (NEW.ended_at IS DISTINCT FROM OLD.ended_at) EXECUTE FUNCTION sharing_agreement_changed();

-- Stages of an edition. `agreed` comes from consents alone (sharing_count_consents sets it as the keeper).
CREATE FUNCTION sharing_guard_edition() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    moving text[] := ARRAY['stage', 'proposed_at', 'closed_by_id', 'comment'];
    viewer bigint := sharing_viewer();
    agency bigint := sharing_viewer_agency();
BEGIN
    -- Not the site, but the keeper, or the function below, which has the keeper's rights.
    IF NOT row_security_active('sharing_edition') THEN
        RETURN NEW;
    END IF;
    IF NEW.agreement_id <> OLD.agreement_id OR NEW.maker_id <> OLD.maker_id OR NEW.author_id <> OLD.author_id
        OR NEW.number <> OLD.number OR NEW.agreed_at IS DISTINCT FROM OLD.agreed_at
        OR (OLD.stage <> 'draft' AND (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving))
        OR (OLD.stage = 'draft' AND NOT sharing_decides(viewer, OLD.maker_id)) THEN
        RAISE EXCEPTION 'What parties agree on does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.stage = OLD.stage THEN
        IF OLD.stage <> 'draft' THEN
            RAISE EXCEPTION 'What parties agree on does not change.' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF OLD.stage = 'draft' AND NEW.stage = 'proposed' THEN
        IF NEW.begins_on IS NULL OR (SELECT count(*) FROM sharing_party WHERE edition_id = NEW.id) < 2
            OR NOT EXISTS (SELECT FROM sharing_party WHERE edition_id = NEW.id AND agency_id = NEW.maker_id)
            OR EXISTS (SELECT FROM sharing_clause c WHERE c.edition_id = NEW.id AND NOT (
                EXISTS (SELECT FROM sharing_party p WHERE p.edition_id = NEW.id AND p.agency_id = c.giver_id)
                AND EXISTS (SELECT FROM sharing_party p WHERE p.edition_id = NEW.id AND p.agency_id = c.receiver_id))) THEN
            RAISE EXCEPTION 'An agreement has a first day, two parties and clauses between them.' USING ERRCODE = 'check_violation';
        END IF;
        NEW.proposed_at := now();
    ELSIF OLD.stage = 'proposed' AND NEW.stage IN ('refused', 'withdrawn') THEN
        IF NEW.closed_by_id IS DISTINCT FROM viewer OR NOT sharing_decides(viewer, agency)
            OR (NEW.stage = 'withdrawn' AND agency <> OLD.maker_id)
            OR NOT EXISTS (SELECT FROM sharing_party WHERE edition_id = NEW.id AND agency_id = agency) THEN
            RAISE EXCEPTION 'A party refuses, its maker withdraws, in one''s own name.' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSE
        RAISE EXCEPTION 'An edition is agreed by consents alone.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER sharing_guard_edition BEFORE UPDATE ON sharing_edition FOR EACH ROW EXECUTE FUNCTION sharing_guard_edition();

-- A consent is of somebody who decides for a party, to an edition that waits. The edition is locked, so that of two
-- consents at once the second sees the first.
CREATE FUNCTION sharing_guard_consent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    waiting text;
BEGIN
    SELECT stage INTO waiting FROM sharing_edition WHERE id = NEW.edition_id FOR NO KEY UPDATE;
    IF waiting IS DISTINCT FROM 'proposed' OR NOT sharing_decides(NEW.officer_id, NEW.agency_id)
        OR NOT EXISTS (SELECT FROM sharing_party WHERE edition_id = NEW.edition_id AND agency_id = NEW.agency_id) THEN
        RAISE EXCEPTION 'Only officers who decide for a party consent, to what waits.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER sharing_guard_consent BEFORE INSERT ON sharing_consent FOR EACH ROW EXECUTE FUNCTION sharing_guard_consent();

-- With two of each party, of whom one coordinates, the edition is agreed, and grants from then on.
CREATE FUNCTION sharing_count_consents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    agreement bigint;
BEGIN
    IF EXISTS (SELECT FROM sharing_party p WHERE p.edition_id = NEW.edition_id AND (
        SELECT count(*) < 2 OR NOT coalesce(bool_or('coordinator' = ANY (o.roles)), false)
        FROM sharing_consent c JOIN people_officer o ON o.id = c.officer_id
        WHERE c.edition_id = NEW.edition_id AND c.agency_id = p.agency_id)) THEN
        RETURN NULL;
    END IF;
    UPDATE sharing_edition SET stage = 'agreed', agreed_at = now() WHERE id = NEW.edition_id RETURNING agreement_id INTO agreement;
    PERFORM sharing_regrant(agreement);
    RETURN NULL;
END
$$;
CREATE TRIGGER sharing_count_consents AFTER INSERT ON sharing_consent FOR EACH ROW EXECUTE FUNCTION sharing_count_consents();

-- One person of a party halts; another two of the same party lift it, the one after the other.
CREATE FUNCTION sharing_guard_halt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    viewer bigint := sharing_viewer();
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    IF NOT sharing_decides(viewer, NEW.agency_id) THEN
        RAISE EXCEPTION 'Only who decides for a party halts an agreement, or lifts the halt.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM sharing_edition e JOIN sharing_party p ON p.edition_id = e.id
                       WHERE e.agreement_id = NEW.agreement_id AND e.stage = 'agreed' AND p.agency_id = NEW.agency_id) THEN
            RAISE EXCEPTION 'Only a party halts an agreement.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.at := now(); NEW.asked_by_id := NULL; NEW.lifted_by_id := NULL; NEW.lifted_at := NULL;
        RETURN NEW;
    END IF;
    IF (NEW.agreement_id, NEW.agency_id, NEW.officer_id, NEW.reason, NEW.at)
        IS DISTINCT FROM (OLD.agreement_id, OLD.agency_id, OLD.officer_id, OLD.reason, OLD.at) OR OLD.lifted_at IS NOT NULL THEN
        RAISE EXCEPTION 'A halt does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.lifted_by_id IS NULL THEN
        IF NEW.asked_by_id IS DISTINCT FROM viewer OR NEW.lifted_at IS NOT NULL THEN
            RAISE EXCEPTION 'One asks in one''s own name.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.lifted_by_id IS DISTINCT FROM viewer OR OLD.asked_by_id IS NULL OR OLD.asked_by_id = viewer
        OR NEW.asked_by_id IS DISTINCT FROM OLD.asked_by_id THEN
        RAISE EXCEPTION 'Two people are needed.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.lifted_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER sharing_guard_halt BEFORE INSERT OR UPDATE ON sharing_halt FOR EACH ROW EXECUTE FUNCTION sharing_guard_halt();

CREATE FUNCTION sharing_halt_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM sharing_regrant(NEW.agreement_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER sharing_halted AFTER INSERT ON sharing_halt FOR EACH ROW EXECUTE FUNCTION sharing_halt_changed();
CREATE TRIGGER sharing_lifted AFTER UPDATE ON sharing_halt
    FOR EACH ROW WHEN (NEW.lifted_at IS DISTINCT FROM OLD.lifted_at) EXECUTE FUNCTION sharing_halt_changed();


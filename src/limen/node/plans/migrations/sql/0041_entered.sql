-- Row-level security of what officers add to a plan's chart, and the second officer that class 1 and above takes.

-- Whether the viewer may see what an agency entered, by its class and by whether it was confirmed.
CREATE FUNCTION plans_reads(agency bigint, author bigint, class integer, confirmed boolean) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT author = sharing_viewer()
        OR ((class & plans_ceiling(agency = sharing_viewer_agency())) <> 0
            AND (confirmed OR class = 1 OR agency = sharing_viewer_agency()))
$$;

ALTER TABLE plans_entity ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_entity FOR SELECT
    USING (plan_id = ANY ((SELECT plans_inside())::bigint[])
           AND plans_reads(agency_id, added_by_id, classes, confirmed_at IS NOT NULL));
CREATE POLICY enter ON plans_entity FOR INSERT
    WITH CHECK (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency())
                AND added_by_id = (SELECT sharing_viewer())
                AND (SELECT sharing_viewer_is('examiner', 'analyst', 'coordinator')));
CREATE POLICY confirm ON plans_entity FOR UPDATE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency()))
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY remove ON plans_entity FOR DELETE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency())
           AND (SELECT sharing_viewer_is('examiner', 'analyst', 'coordinator')));

-- Whether the viewer sees an entity where it was seen. Not SECURITY DEFINER: the policies of the other tables answer.
CREATE FUNCTION plans_tells(sources text[], class integer) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    source text;
    kind text;
    wanted bigint;
BEGIN
    FOREACH source IN ARRAY sources LOOP
        kind := split_part(source, ':', 1);
        wanted := split_part(source, ':', 2)::bigint;
        IF kind = 'entities' THEN
            IF EXISTS (SELECT FROM plans_entity WHERE id = wanted) THEN RETURN true; END IF;
        ELSIF class = 1 THEN
            IF plans_opens(kind, wanted) THEN RETURN true; END IF;
        ELSIF kind = 'reports' AND class = 2 THEN
            IF EXISTS (SELECT FROM reports_documentdetail WHERE report_id = wanted) THEN RETURN true; END IF;
        ELSIF kind = 'reports' AND class = 4 THEN
            IF EXISTS (SELECT FROM reports_bearerdetail WHERE report_id = wanted) THEN RETURN true; END IF;
        END IF;
    END LOOP;
    RETURN false;
END
$$;

ALTER TABLE plans_tie ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_tie FOR SELECT
    USING (plan_id = ANY ((SELECT plans_inside())::bigint[])
           AND plans_reads(agency_id, added_by_id, classes, confirmed_at IS NOT NULL)
           AND plans_tells(one_at, one_class) AND plans_tells(other_at, other_class));
CREATE POLICY enter ON plans_tie FOR INSERT
    WITH CHECK (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency())
                AND added_by_id = (SELECT sharing_viewer())
                AND (SELECT sharing_viewer_is('examiner', 'analyst', 'coordinator'))
                AND plans_tells(one_at, one_class) AND plans_tells(other_at, other_class));
CREATE POLICY confirm ON plans_tie FOR UPDATE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency()))
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY remove ON plans_tie FOR DELETE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency())
           AND (SELECT sharing_viewer_is('examiner', 'analyst', 'coordinator')));

-- What was entered does not change; a second officer of the agency, who decides for it, may confirm it, once.
CREATE FUNCTION plans_guard_entered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said text[] := ARRAY['confirmed_by_id', 'confirmed_at'];
BEGIN
    IF current_setting('role') <> 'limen_site' OR pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.confirmed_by_id := NULL; NEW.confirmed_at := NULL; NEW.added_at := now();
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - said) IS DISTINCT FROM (to_jsonb(OLD) - said) OR OLD.confirmed_at IS NOT NULL
        OR NEW.confirmed_by_id IS DISTINCT FROM sharing_viewer() OR OLD.added_by_id = sharing_viewer()
        OR NOT coalesce(sharing_decides(sharing_viewer(), OLD.agency_id), false) THEN
        RAISE EXCEPTION 'A second officer, who decides for the agency, confirms what was entered; nothing else changes.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.confirmed_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_entered BEFORE INSERT OR UPDATE ON plans_entity
    FOR EACH ROW EXECUTE FUNCTION plans_guard_entered();
CREATE TRIGGER plans_guard_entered BEFORE INSERT OR UPDATE ON plans_tie
    FOR EACH ROW EXECUTE FUNCTION plans_guard_entered();

-- Whoever deletes a plan may not see all that was entered: it goes with it all the same.
CREATE FUNCTION plans_unenter() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM plans_tie WHERE plan_id = OLD.id;
    DELETE FROM plans_entity WHERE plan_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER plans_unenter BEFORE DELETE ON plans_plan FOR EACH ROW EXECUTE FUNCTION plans_unenter();

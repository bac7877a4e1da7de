-- Row-level security of reports and their parts, the triggers that keep parts and roll-ups in step, and the guard of
-- releases. Policies ask in sub-selects, so that a statement asks once and not once a row. Reports are asked with IN, of
-- which the planner expects half the rows: with = ANY it expects a handful, gathers all that an agency may see, and sorts.
-- Roll-ups are asked with = ANY, since they are found by audience.

CREATE TRIGGER reports_guard BEFORE INSERT OR UPDATE OF owner_id, audience_id, marking, state ON reports_report
    FOR EACH ROW EXECUTE FUNCTION sharing_guard_record('reports');

-- Parts inherit owner, author and audience.
CREATE FUNCTION reports_inherit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT owner_id, author_id, audience_id INTO NEW.owner_id, NEW.author_id, NEW.audience_id
        FROM reports_report WHERE id = NEW.report_id;
    RETURN NEW;
END
$$;

CREATE FUNCTION reports_bequeath() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE reports_leg SET audience_id = NEW.audience_id WHERE report_id = NEW.id;
    UPDATE reports_documentdetail SET audience_id = NEW.audience_id WHERE report_id = NEW.id;
    UPDATE reports_bearerdetail SET audience_id = NEW.audience_id WHERE report_id = NEW.id;
    UPDATE reports_image SET audience_id = NEW.audience_id WHERE report_id = NEW.id;
    UPDATE reports_original SET audience_id = NEW.audience_id WHERE report_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER reports_bequeath AFTER UPDATE OF audience_id ON reports_report
    FOR EACH ROW WHEN (NEW.audience_id IS DISTINCT FROM OLD.audience_id) EXECUTE FUNCTION reports_bequeath();

-- Class 0: the report, its route and its masked images.
ALTER TABLE reports_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON reports_report FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1))));
CREATE POLICY begin ON reports_report FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()));
CREATE POLICY change ON reports_report FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON reports_report FOR DELETE
    USING (owner_id = (SELECT sharing_viewer_agency()) AND state = 'draft');

DO $$
DECLARE
    part record;
BEGIN
    -- Table, and field class as a mask. Who entered a report sees its parts whatever their roles, if they see the report.
    FOR part IN SELECT * FROM (VALUES
        ('reports_leg', 1), ('reports_image', 1),
        ('reports_documentdetail', 2), ('reports_bearerdetail', 4), ('reports_original', 8)) AS p(name, mask)
    LOOP
        EXECUTE format('CREATE TRIGGER inherit BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION reports_inherit()', part.name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part.name);
        EXECUTE format('CREATE POLICY see ON %I FOR SELECT USING (audience_id IN (SELECT unnest(sharing_audiences(%s)))'
                       ' OR (author_id = (SELECT sharing_viewer())'
                       ' AND audience_id IN (SELECT unnest(sharing_audiences(1)))))', part.name, part.mask);
        EXECUTE format('CREATE POLICY add ON %I FOR INSERT WITH CHECK (owner_id = (SELECT sharing_viewer_agency()))', part.name);
        EXECUTE format('CREATE POLICY change ON %I FOR UPDATE USING (owner_id = (SELECT sharing_viewer_agency()))'
                       ' WITH CHECK (owner_id = (SELECT sharing_viewer_agency()))', part.name);
        EXECUTE format('CREATE POLICY discard ON %I FOR DELETE USING (owner_id = (SELECT sharing_viewer_agency()))', part.name);
    END LOOP;
END
$$;

-- Roll-ups: a row for each dimension of a released report, added and taken away as reports come and go. The order of
-- dimensions is fixed, so that two transactions lock in one order.
CREATE FUNCTION reports_count(r reports_report, step integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
    SELECT r.audience_id, date_trunc('month', r.detected_on)::date, d.dimension, d.value, step
    FROM (VALUES ('all', ''), ('country', r.detection_country), ('fraud_class', r.fraud_class), ('issuer', r.issuer),
                 ('method', r.method), ('place', r.place)) AS d(dimension, value)
    WHERE r.state = 'released'
    ON CONFLICT (audience_id, dimension, month, value) DO UPDATE SET n = reports_rollup.n + EXCLUDED.n
$$;

CREATE FUNCTION reports_keep_count() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM reports_count(OLD, -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM reports_count(NEW, 1);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER reports_keep_count AFTER INSERT OR DELETE
    OR UPDATE OF audience_id, state, detected_on, detection_country, fraud_class, issuer, method, place ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_keep_count();

ALTER TABLE reports_rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON reports_rollup FOR SELECT
    USING (audience_id = ANY ((SELECT sharing_audiences(1))::bigint[]));

ALTER TABLE reports_savedfilter ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON reports_savedfilter FOR SELECT
    USING (officer_id = (SELECT sharing_viewer()) OR (for_agency AND agency_id = (SELECT sharing_viewer_agency())));
CREATE POLICY own ON reports_savedfilter
    USING (officer_id = (SELECT sharing_viewer()))
    WITH CHECK (officer_id = (SELECT sharing_viewer()) AND agency_id = (SELECT sharing_viewer_agency()));

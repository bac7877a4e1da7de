-- Joint operation days, seen by whoever is in the plan. Counts are added and never changed; what was wrong is taken off
-- by a row with a reason, and never below nothing.

ALTER TABLE plans_operationday ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_operationday FOR SELECT USING (plan_id = ANY ((SELECT plans_inside())::bigint[]));
CREATE POLICY make ON plans_operationday FOR INSERT
    WITH CHECK (plan_id = ANY ((SELECT plans_inside())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency())
                AND author_id = (SELECT sharing_viewer()));
CREATE POLICY change ON plans_operationday FOR UPDATE USING (plan_id = ANY ((SELECT plans_inside())::bigint[]));

ALTER TABLE plans_post ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_post FOR SELECT USING (day_id IN (SELECT id FROM plans_operationday));
CREATE POLICY add ON plans_post FOR INSERT WITH CHECK (day_id IN (SELECT id FROM plans_operationday));
CREATE POLICY change ON plans_post FOR UPDATE USING (day_id IN (SELECT id FROM plans_operationday));

ALTER TABLE plans_tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_tally FOR SELECT USING (post_id IN (SELECT id FROM plans_post));
CREATE POLICY add ON plans_tally FOR INSERT
    WITH CHECK (officer_id = (SELECT sharing_viewer())
                AND post_id IN (SELECT id FROM plans_post WHERE agency_id = (SELECT sharing_viewer_agency())));

-- A day is made by who decides for its agency, changed by them or the lead's, and closed for good.
CREATE FUNCTION plans_guard_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    viewer bigint := sharing_viewer();
    lead bigint;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    SELECT owner_id INTO lead FROM plans_plan WHERE id = NEW.plan_id;
    IF NOT plans_runs_for(NEW.plan_id, sharing_viewer_agency())
        OR NOT (sharing_decides(viewer, NEW.agency_id) OR (TG_OP = 'UPDATE' AND sharing_decides(viewer, lead))) THEN
        RAISE EXCEPTION 'Who decides for the agency of a day, or for the lead, changes it while the plan runs.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.closed_at := NULL; NEW.closed_by_id := NULL;
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL OR (NEW.plan_id, NEW.number, NEW.agency_id, NEW.author_id, NEW.created_at)
        IS DISTINCT FROM (OLD.plan_id, OLD.number, OLD.agency_id, OLD.author_id, OLD.created_at) THEN
        RAISE EXCEPTION 'A day that is closed does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.closed_at IS NOT NULL THEN
        NEW.closed_at := now(); NEW.closed_by_id := viewer;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_day BEFORE INSERT OR UPDATE ON plans_operationday FOR EACH ROW EXECUTE FUNCTION plans_guard_day();

-- Posts are set up by their own agency or by the one that made the day, for agencies in the plan, while it is open.
CREATE FUNCTION plans_guard_post() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    viewer bigint := sharing_viewer();
    day plans_operationday;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO day FROM plans_operationday
        WHERE id = NEW.day_id AND plan_id = ANY (plans_inside()) FOR SHARE;
    IF day.id IS NULL OR day.closed_at IS NOT NULL OR NOT plans_runs_for(day.plan_id, NEW.agency_id)
        OR NOT plans_runs_for(day.plan_id, sharing_viewer_agency())
        OR NOT (sharing_decides(viewer, NEW.agency_id) OR sharing_decides(viewer, day.agency_id))
        OR (TG_OP = 'UPDATE' AND (NEW.day_id, NEW.agency_id, NEW.place, NEW.name)
            IS DISTINCT FROM (OLD.day_id, OLD.agency_id, OLD.place, OLD.name)) THEN
        RAISE EXCEPTION 'Posts are set up by their agency or by who made the day, while it is open.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_post BEFORE INSERT OR UPDATE ON plans_post FOR EACH ROW EXECUTE FUNCTION plans_guard_post();

-- Counts: by a person of the post's agency, while the day is open; afterwards corrections by who decides. Additions do not
-- wait for one another; what takes off locks the post, so that two at once do not go below nothing.
CREATE FUNCTION plans_guard_tally() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    viewer bigint := sharing_viewer();
    at plans_post;
    day plans_operationday;
BEGIN
    IF current_setting('role') = 'limen_site' THEN
        SELECT * INTO at FROM plans_post WHERE id = NEW.post_id AND agency_id = sharing_viewer_agency();
        SELECT * INTO day FROM plans_operationday WHERE id = at.day_id FOR SHARE;
        IF day.id IS NULL OR NOT plans_acts_for(viewer, at.agency_id) OR NOT plans_runs_for(day.plan_id, at.agency_id) THEN
            RAISE EXCEPTION 'One counts for one''s own agency, while the plan runs.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF (day.closed_at IS NOT NULL OR at.stood_down_at IS NOT NULL)
            AND (NEW.reason = '' OR NOT sharing_decides(viewer, at.agency_id)) THEN
            RAISE EXCEPTION 'What is closed is corrected by who decides, with a reason.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.officer_id := viewer;
        NEW.at := now();
    END IF;
    IF NEW.amount < 0 THEN
        PERFORM FROM plans_post WHERE id = NEW.post_id FOR NO KEY UPDATE;
        IF (SELECT coalesce(sum(amount), 0) FROM plans_tally WHERE post_id = NEW.post_id AND what = NEW.what) + NEW.amount < 0 THEN
            RAISE EXCEPTION 'A count does not go below nothing.' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_tally BEFORE INSERT ON plans_tally FOR EACH ROW EXECUTE FUNCTION plans_guard_tally();

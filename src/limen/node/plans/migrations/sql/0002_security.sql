-- Who sees a plan and what hangs on it, who changes what of it, and what takes two people. Functions that tell of plans
-- tell of the viewer's own alone. What guards a table lets the keeper pass, and what another trigger here does
-- (pg_trigger_depth): the site fires triggers by statements on tables, and none of these statements reaches further.

CREATE OR REPLACE FUNCTION sharing_always_two(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT kind IN ('alerts', 'plans') $$;

CREATE TRIGGER plans_guard BEFORE INSERT OR UPDATE OF owner_id, audience_id, marking, state ON plans_plan
    FOR EACH ROW EXECUTE FUNCTION sharing_guard_record('plans');

-- The plans that were put to the viewer's agency, which has neither refused nor left.
CREATE FUNCTION plans_partnered() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(plan_id), '{}') FROM plans_partner
    WHERE agency_id = sharing_viewer_agency() AND standing IN ('asked', 'joined')
$$;

-- The plans that the viewer sees: those that the agency leads, and those that were put to it.
CREATE FUNCTION plans_seen() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(id), '{}') FROM plans_plan
    WHERE (owner_id = (SELECT sharing_viewer_agency()) OR id = ANY ((SELECT plans_partnered())::bigint[]))
        AND audience_id IN (SELECT unnest(sharing_audiences(1)))
$$;

-- Of these, the ones that the viewer's agency is in: it leads or has joined. Who is in a plan sees who else is.
CREATE FUNCTION plans_inside() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(p.id), '{}') FROM plans_plan p
    WHERE p.id = ANY ((SELECT plans_seen())::bigint[]) AND (p.owner_id = sharing_viewer_agency() OR EXISTS (
        SELECT FROM plans_partner r
        WHERE r.plan_id = p.id AND r.agency_id = sharing_viewer_agency() AND r.standing = 'joined'))
$$;

-- Of these, the ones in which the viewer's agency may do something now: its own until it is closed, but while its
-- release waits for the second person; others' while they run.
CREATE FUNCTION plans_acting() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(id), '{}') FROM plans_plan
    WHERE id = ANY ((SELECT plans_inside())::bigint[]) AND (stage = 'running'
        OR (stage = 'draft' AND state <> 'proposed' AND owner_id = sharing_viewer_agency()))
$$;

CREATE FUNCTION plans_leading() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(id), '{}') FROM plans_plan
    WHERE id = ANY ((SELECT plans_acting())::bigint[]) AND owner_id = sharing_viewer_agency()
$$;

-- Lock a plan that the viewer sees, so that of two steps at once the second sees the first; nothing for any other.
CREATE FUNCTION plans_hold(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM plans_plan WHERE id = wanted AND id = ANY (plans_seen()) FOR NO KEY UPDATE;
END
$$;

-- Whether the viewer may open what a link leads to. Not SECURITY DEFINER: the policies of the other tables answer.
CREATE FUNCTION plans_opens(kind text, record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF kind = 'reports' THEN RETURN EXISTS (SELECT FROM reports_report WHERE id = record); END IF;
    IF kind = 'alerts' THEN RETURN EXISTS (SELECT FROM alerts_alert WHERE id = record); END IF;
    IF kind = 'casebook' THEN RETURN EXISTS (SELECT FROM casebook_casestudy WHERE id = record); END IF;
    IF kind = 'assistance' AND to_regclass('assistance_request') IS NOT NULL THEN
        RETURN EXISTS (SELECT FROM assistance_request WHERE id = record);
    END IF;
    RETURN false;
END
$$;

ALTER TABLE plans_period ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans_partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans_phase ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans_approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans_planlink ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans_series ENABLE ROW LEVEL SECURITY;

-- A period is its maker's, the community's if its maker says so, and known from the plans that one sees. Nobody deletes
-- one: that it cannot be would tell that others have plans in it.
CREATE POLICY see ON plans_period FOR SELECT
    USING (maker_id = (SELECT sharing_viewer_agency()) OR (for_community AND (SELECT sharing_viewer()) IS NOT NULL)
           OR id IN (SELECT period_id FROM plans_plan));
CREATE POLICY begin ON plans_period FOR INSERT
    WITH CHECK (maker_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'examiner')));
CREATE POLICY change ON plans_period FOR UPDATE
    USING (maker_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'examiner')))
    WITH CHECK (maker_id = (SELECT sharing_viewer_agency()));

CREATE POLICY see ON plans_plan FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1)))
           AND (owner_id = (SELECT sharing_viewer_agency()) OR id = ANY ((SELECT plans_partnered())::bigint[])));
CREATE POLICY begin ON plans_plan FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()) AND stage = 'draft'
                AND (SELECT sharing_viewer_is('coordinator', 'examiner', 'analyst')));
CREATE POLICY change ON plans_plan FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON plans_plan FOR DELETE
    USING (owner_id = (SELECT sharing_viewer_agency()) AND state = 'draft' AND stage = 'draft' AND released_at IS NULL);

CREATE POLICY see ON plans_partner FOR SELECT
    USING (plan_id = ANY ((SELECT plans_inside())::bigint[])
           OR (agency_id = (SELECT sharing_viewer_agency()) AND plan_id = ANY ((SELECT plans_seen())::bigint[])));
CREATE POLICY name ON plans_partner FOR INSERT WITH CHECK (plan_id = ANY ((SELECT plans_leading())::bigint[]));
CREATE POLICY change ON plans_partner FOR UPDATE
    USING (agency_id = (SELECT sharing_viewer_agency())) WITH CHECK (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY unname ON plans_partner FOR DELETE
    USING (plan_id = ANY ((SELECT plans_leading())::bigint[]) AND standing = 'named');

CREATE POLICY see ON plans_phase FOR SELECT USING (plan_id = ANY ((SELECT plans_seen())::bigint[]));
CREATE POLICY write ON plans_phase
    USING (plan_id = ANY ((SELECT plans_leading())::bigint[])) WITH CHECK (plan_id = ANY ((SELECT plans_leading())::bigint[]));

CREATE POLICY see ON plans_approval FOR SELECT
    USING (plan_id = ANY ((SELECT plans_inside())::bigint[])
           OR (plan_id = ANY ((SELECT plans_seen())::bigint[]) AND (agency_id = (SELECT sharing_viewer_agency())
               OR EXISTS (SELECT FROM plans_plan p WHERE p.id = plan_id AND p.owner_id = plans_approval.agency_id))));
CREATE POLICY record ON plans_approval FOR INSERT
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()) AND recorded_by_id = (SELECT sharing_viewer())
                AND plan_id = ANY ((SELECT plans_seen())::bigint[]));
CREATE POLICY confirm ON plans_approval FOR UPDATE
    USING (agency_id = (SELECT sharing_viewer_agency()) AND plan_id = ANY ((SELECT plans_seen())::bigint[]))
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY withdraw ON plans_approval FOR DELETE
    USING (agency_id = (SELECT sharing_viewer_agency()) AND confirmed_at IS NULL
           AND plan_id = ANY ((SELECT plans_seen())::bigint[]));

CREATE POLICY see ON plans_task FOR SELECT
    USING (plan_id = ANY ((SELECT plans_inside())::bigint[])
           OR (agency_id = (SELECT sharing_viewer_agency()) AND plan_id = ANY ((SELECT plans_seen())::bigint[])));
CREATE POLICY set ON plans_task FOR INSERT
    WITH CHECK (set_by_id = (SELECT sharing_viewer_agency()) AND plan_id = ANY ((SELECT plans_acting())::bigint[])
                AND (agency_id = set_by_id OR plan_id = ANY ((SELECT plans_leading())::bigint[])));
CREATE POLICY change ON plans_task FOR UPDATE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[])
           AND (SELECT sharing_viewer_agency()) IN (agency_id, set_by_id))
    WITH CHECK (plan_id = ANY ((SELECT plans_acting())::bigint[]));
CREATE POLICY drop ON plans_task FOR DELETE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND set_by_id = (SELECT sharing_viewer_agency())
           AND state = 'open');

CREATE POLICY see ON plans_planlink FOR SELECT
    USING (plan_id = ANY ((SELECT plans_inside())::bigint[]) AND plans_opens(kind, record));
CREATE POLICY add ON plans_planlink FOR INSERT
    WITH CHECK (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency())
                AND added_by_id = (SELECT sharing_viewer()) AND plans_opens(kind, record));
CREATE POLICY remove ON plans_planlink FOR DELETE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[])
           AND (agency_id = (SELECT sharing_viewer_agency()) OR plan_id = ANY ((SELECT plans_leading())::bigint[])));

CREATE POLICY see ON plans_series FOR SELECT USING (plan_id = ANY ((SELECT plans_inside())::bigint[]));
CREATE POLICY add ON plans_series FOR INSERT
    WITH CHECK (plan_id = ANY ((SELECT plans_acting())::bigint[]) AND agency_id = (SELECT sharing_viewer_agency())
                AND added_by_id = (SELECT sharing_viewer()));
CREATE POLICY remove ON plans_series FOR DELETE
    USING (plan_id = ANY ((SELECT plans_acting())::bigint[])
           AND (agency_id = (SELECT sharing_viewer_agency()) OR plan_id = ANY ((SELECT plans_leading())::bigint[])));

-- A plan's texts are written while it is its lead's alone. It runs when a partner joins, which the trigger of approvals
-- below does; its lead closes it with what came of it, and archives it, after which it only goes.
CREATE FUNCTION plans_guard_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moving text[] := ARRAY['audience_id', 'marking', 'state', 'released_at', 'retain_until'];
    staged text[] := ARRAY['stage', 'running_at', 'closed_at', 'archived_at', 'updated_at'];
    told text[] := ARRAY['arrests', 'refusals', 'referrals', 'outcome'];
    was_private boolean := (SELECT is_private FROM sharing_audience WHERE id = OLD.audience_id);
    target sharing_audience;
BEGIN
    IF current_setting('role') <> 'limen_site' OR pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    SELECT * INTO STRICT target FROM sharing_audience WHERE id = NEW.audience_id;
    IF NOT target.is_private AND NEW.audience_id <> OLD.audience_id AND (OLD.stage <> 'draft' OR NOT was_private
        OR target.community OR target.officers <> '{}' OR target.marking NOT IN ('amber', 'amber_strict')) THEN
        RAISE EXCEPTION 'A plan is put to agencies, by name or under an agreement, before it runs.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.uid, NEW.reference, NEW.author_id, NEW.created_at) IS DISTINCT FROM (OLD.uid, OLD.reference, OLD.author_id, OLD.created_at)
        OR ((to_jsonb(NEW) - moving - staged - told) IS DISTINCT FROM (to_jsonb(OLD) - moving - staged - told)
            AND NOT (OLD.stage = 'draft' AND OLD.state <> 'proposed' AND was_private AND target.is_private)) THEN
        RAISE EXCEPTION 'What was put to partners does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.stage = OLD.stage THEN
        NEW.running_at := OLD.running_at; NEW.closed_at := OLD.closed_at; NEW.archived_at := OLD.archived_at;
    ELSIF (OLD.stage, NEW.stage) IN (('running', 'closed'), ('closed', 'archived')) AND sharing_decides(sharing_viewer(), OLD.owner_id) THEN
        NEW.running_at := OLD.running_at;
        NEW.closed_at := CASE WHEN NEW.stage = 'closed' THEN now() ELSE OLD.closed_at END;
        NEW.archived_at := CASE WHEN NEW.stage = 'archived' THEN now() END;
    ELSE
        RAISE EXCEPTION 'A plan runs by its partners'' joining; who decides for its lead closes and archives it.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF ((NEW.arrests, NEW.refusals, NEW.referrals, NEW.outcome) IS DISTINCT FROM (OLD.arrests, OLD.refusals, OLD.referrals, OLD.outcome))
        AND NOT (NEW.stage = 'closed' AND sharing_decides(sharing_viewer(), OLD.owner_id)) THEN
        RAISE EXCEPTION 'What came of it is entered as a plan is closed.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF target.is_private AND NOT was_private AND OLD.stage IN ('draft', 'running') THEN
        NEW.stage := 'draft'; NEW.running_at := NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_plan BEFORE UPDATE ON plans_plan FOR EACH ROW EXECUTE FUNCTION plans_guard_plan();

-- Putting a plan to agencies asks them; recalling it before it is closed names them again, and voids how they joined.
CREATE FUNCTION plans_put() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT is_private FROM sharing_audience WHERE id = NEW.audience_id) THEN
        IF NEW.stage = 'draft' THEN
            UPDATE plans_partner SET standing = 'named', joined_at = NULL, closed_by_id = NULL, closed_at = NULL, comment = ''
                WHERE plan_id = NEW.id;
            UPDATE plans_approval SET void = true WHERE plan_id = NEW.id AND of = 'joining';
        END IF;
        RETURN NULL;
    END IF;
    DELETE FROM plans_partner WHERE plan_id = NEW.id AND agency_id NOT IN (
        SELECT agency_id FROM sharing_grant WHERE audience_id = NEW.audience_id AND NOT own AND agency_id IS NOT NULL);
    INSERT INTO plans_partner (plan_id, agency_id, standing, comment)
        SELECT DISTINCT NEW.id, agency_id, 'asked', '' FROM sharing_grant
        WHERE audience_id = NEW.audience_id AND NOT own AND agency_id IS NOT NULL
            AND agency_id <> NEW.owner_id AND (until IS NULL OR until > now())
        ON CONFLICT (plan_id, agency_id) DO UPDATE SET standing = 'asked';
    RETURN NULL;
END
$$;
CREATE TRIGGER plans_put AFTER UPDATE OF audience_id ON plans_plan
    FOR EACH ROW WHEN (NEW.audience_id IS DISTINCT FROM OLD.audience_id) EXECUTE FUNCTION plans_put();

-- Whoever deletes a draft may not see all that hangs on it: it goes with it all the same.
CREATE FUNCTION plans_unmake() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM plans_approval WHERE plan_id = OLD.id;
    DELETE FROM plans_task WHERE plan_id = OLD.id;
    DELETE FROM plans_phase WHERE plan_id = OLD.id;
    DELETE FROM plans_partner WHERE plan_id = OLD.id;
    DELETE FROM plans_planlink WHERE plan_id = OLD.id;
    DELETE FROM plans_series WHERE plan_id = OLD.id;
    RETURN OLD;
END
$$;
CREATE TRIGGER plans_unmake BEFORE DELETE ON plans_plan FOR EACH ROW EXECUTE FUNCTION plans_unmake();

-- A lead names agencies; an agency refuses or leaves by itself, one person being enough, since it only takes away.
CREATE FUNCTION plans_guard_partner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    plan plans_plan;
BEGIN
    IF current_setting('role') <> 'limen_site' OR pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    SELECT * INTO plan FROM plans_plan WHERE id = NEW.plan_id AND id = ANY (plans_seen()) FOR NO KEY UPDATE;
    IF plan.id IS NULL THEN
        RAISE EXCEPTION 'There is no such plan.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT (SELECT is_private FROM sharing_audience WHERE id = plan.audience_id) OR NEW.agency_id = plan.owner_id
            OR NEW.standing <> 'named' THEN
            RAISE EXCEPTION 'A lead names other agencies, before it puts the plan to them.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.joined_at := NULL; NEW.closed_by_id := NULL; NEW.closed_at := NULL; NEW.comment := '';
        RETURN NEW;
    END IF;
    IF (NEW.plan_id, NEW.agency_id, NEW.joined_at) IS DISTINCT FROM (OLD.plan_id, OLD.agency_id, OLD.joined_at)
        OR (OLD.standing, NEW.standing) NOT IN (('asked', 'refused'), ('joined', 'left'))
        OR plan.stage = 'archived' OR NEW.closed_by_id IS DISTINCT FROM sharing_viewer() OR btrim(NEW.comment) = ''
        OR NOT sharing_decides(sharing_viewer(), OLD.agency_id) THEN
        RAISE EXCEPTION 'Who decides for a partner refuses or leaves, in one''s own name, saying why.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.closed_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_partner BEFORE INSERT OR UPDATE ON plans_partner
    FOR EACH ROW EXECUTE FUNCTION plans_guard_partner();

-- What an approval was confirmed for changes no more.
CREATE FUNCTION plans_guard_phase() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') = 'limen_site' AND pg_trigger_depth() = 1 AND (
        (TG_OP = 'UPDATE' AND NEW.plan_id <> OLD.plan_id)
        OR EXISTS (SELECT FROM plans_approval WHERE phase_id = OLD.id AND confirmed_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'This phase was approved.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER plans_guard_phase BEFORE UPDATE OR DELETE ON plans_phase FOR EACH ROW EXECUTE FUNCTION plans_guard_phase();

-- An approval is entered by one who decides for the agency and confirmed by another, of whom for joining one coordinates.
CREATE FUNCTION plans_guard_approval() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    viewer bigint := sharing_viewer();
    about plans_approval := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    plan plans_plan;
    partner text;
BEGIN
    IF current_setting('role') <> 'limen_site' OR pg_trigger_depth() > 1 THEN
        RETURN about;
    END IF;
    SELECT * INTO plan FROM plans_plan WHERE id = about.plan_id AND id = ANY (plans_seen()) FOR NO KEY UPDATE;
    IF plan.id IS NULL THEN
        RAISE EXCEPTION 'There is no such plan.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT standing INTO partner FROM plans_partner WHERE plan_id = plan.id AND agency_id = about.agency_id;
    IF NOT sharing_decides(viewer, about.agency_id) OR plan.stage NOT IN ('draft', 'running')
        OR NOT coalesce(CASE about.of WHEN 'joining' THEN partner = 'asked'
                        ELSE plan.owner_id = about.agency_id OR partner = 'joined' END, false)
        OR (about.phase_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM plans_phase f WHERE f.id = about.phase_id AND f.plan_id = plan.id)) THEN
        RAISE EXCEPTION 'Only who decides for an agency of the plan records its approvals, before it is closed.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.recorded_at := now(); NEW.confirmed_by_id := NULL; NEW.confirmed_at := NULL; NEW.void := false;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - ARRAY['confirmed_by_id', 'confirmed_at']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['confirmed_by_id', 'confirmed_at'])
        OR OLD.confirmed_at IS NOT NULL OR OLD.void THEN
        RAISE EXCEPTION 'An approval does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.confirmed_by_id IS DISTINCT FROM viewer OR viewer = OLD.recorded_by_id OR (OLD.of = 'joining' AND NOT EXISTS (
        SELECT FROM people_officer WHERE id IN (viewer, OLD.recorded_by_id) AND 'coordinator' = ANY (roles))) THEN
        RAISE EXCEPTION 'Two people are needed, for joining one of them a coordinator.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.confirmed_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_approval BEFORE INSERT OR UPDATE OR DELETE ON plans_approval
    FOR EACH ROW EXECUTE FUNCTION plans_guard_approval();

CREATE FUNCTION plans_joined() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE plans_partner SET standing = 'joined', joined_at = now()
        WHERE plan_id = NEW.plan_id AND agency_id = NEW.agency_id AND standing = 'asked';
    UPDATE plans_plan SET stage = 'running', running_at = now() WHERE id = NEW.plan_id AND stage = 'draft';
    RETURN NULL;
END
$$;
CREATE TRIGGER plans_joined AFTER UPDATE OF confirmed_at, confirmed_by_id ON plans_approval
    FOR EACH ROW WHEN (NEW.of = 'joining' AND OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL)
    EXECUTE FUNCTION plans_joined();

-- What a task says is its setter's; how far it is, who does it and the note are those of the agency that does it.
CREATE FUNCTION plans_guard_task() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    agency bigint := sharing_viewer_agency();
    said text[] := ARRAY['state', 'note', 'officer_id', 'done_at'];
BEGIN
    IF current_setting('role') <> 'limen_site' OR pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce(NEW.plan_id = ANY (plans_acting()), false) THEN
        RAISE EXCEPTION 'There is no such plan.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NOT EXISTS (SELECT FROM plans_plan p WHERE p.id = NEW.plan_id AND p.owner_id = NEW.agency_id)
        AND NOT EXISTS (SELECT FROM plans_partner r WHERE r.plan_id = NEW.plan_id AND r.agency_id = NEW.agency_id))
        OR (NEW.officer_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM people_officer WHERE id = NEW.officer_id AND agency_id = NEW.agency_id))
        OR (NEW.phase_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM plans_phase f WHERE f.id = NEW.phase_id AND f.plan_id = NEW.plan_id)) THEN
        RAISE EXCEPTION 'A task is for an agency of the plan.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND ((NEW.plan_id, NEW.set_by_id, NEW.created_at) IS DISTINCT FROM (OLD.plan_id, OLD.set_by_id, OLD.created_at)
        OR ((to_jsonb(NEW) - said) IS DISTINCT FROM (to_jsonb(OLD) - said) AND agency <> OLD.set_by_id)
        OR ((NEW.state, NEW.note, NEW.officer_id) IS DISTINCT FROM (OLD.state, OLD.note, OLD.officer_id) AND agency <> OLD.agency_id)) THEN
        RAISE EXCEPTION 'Who set a task says what it is; who does it says how far it is.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' AND agency <> NEW.agency_id AND (NEW.state <> 'open' OR NEW.officer_id IS NOT NULL OR NEW.note <> '') THEN
        RAISE EXCEPTION 'Who does a task says how far it is.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.done_at := CASE WHEN NEW.state <> 'done' THEN NULL WHEN TG_OP = 'UPDATE' AND OLD.state = 'done' THEN OLD.done_at ELSE now() END;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_task BEFORE INSERT OR UPDATE ON plans_task FOR EACH ROW EXECUTE FUNCTION plans_guard_task();

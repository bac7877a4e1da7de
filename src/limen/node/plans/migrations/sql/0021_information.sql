-- Information requests: the asker's and the asked agency's alone, within a plan of which both are part. What is not for
-- one's role is cut by class; of a reply that nobody has released, the asker sees not even the row. The steps, two people
-- on the asked side, and on the asker's where numbers or names are told, are held by triggers.

-- Which field classes (1, 2, 4, 8) the viewer's roles may see at most, of the own agency's or of another's.
CREATE FUNCTION plans_ceiling(mine boolean) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bit_or(CASE WHEN mine THEN r.own ELSE r."foreign" END), 0)
    FROM people_officer o JOIN sharing_role r ON r.role = ANY (o.roles) WHERE o.id = sharing_viewer()
$$;

-- Whether an officer is a person who acts for an agency now, whatever they may decide.
CREATE FUNCTION plans_acts_for(officer bigint, agency bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
                   WHERE o.id = officer AND o.agency_id = agency AND o.is_active AND a.is_active AND NOT o.is_machine
                     AND o.roles && ARRAY['counter', 'examiner', 'analyst', 'coordinator']::varchar[])
$$;

-- Whether this agency is in this plan, as it runs: its lead, or a partner that has joined.
CREATE FUNCTION plans_runs_for(wanted bigint, agency bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM plans_plan p JOIN people_agency a ON a.id = agency AND a.is_active
                   WHERE p.id = wanted AND p.stage = 'running' AND (p.owner_id = agency OR EXISTS (
                       SELECT FROM plans_partner x WHERE x.plan_id = p.id AND x.agency_id = agency AND x.standing = 'joined')))
$$;

-- These tell who is in a plan: for the triggers here alone.
REVOKE EXECUTE ON FUNCTION plans_acts_for(bigint, bigint), plans_runs_for(bigint, bigint) FROM PUBLIC;

ALTER TABLE plans_informationrequest ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_informationrequest FOR SELECT
    USING ((asker_id = (SELECT sharing_viewer_agency())
            OR (asked_id = (SELECT sharing_viewer_agency()) AND sent_at IS NOT NULL))
           AND plan_id = ANY ((SELECT plans_inside())::bigint[]));
CREATE POLICY begin ON plans_informationrequest FOR INSERT
    WITH CHECK (asker_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer())
                AND plan_id = ANY ((SELECT plans_inside())::bigint[]));
CREATE POLICY change ON plans_informationrequest FOR UPDATE
    USING (asker_id = (SELECT sharing_viewer_agency())) WITH CHECK (asker_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON plans_informationrequest FOR DELETE
    USING (asker_id = (SELECT sharing_viewer_agency()) AND stage = 'draft');

ALTER TABLE plans_informationitem ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_informationitem FOR SELECT USING (request_id IN (SELECT id FROM plans_informationrequest));
CREATE POLICY write ON plans_informationitem
    USING (request_id IN (SELECT id FROM plans_informationrequest WHERE asker_id = (SELECT sharing_viewer_agency())));

-- What was taken back is the asker's alone again.
ALTER TABLE plans_itemdetail ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_itemdetail FOR SELECT
    USING (item_id IN (SELECT i.id FROM plans_informationitem i JOIN plans_informationrequest r ON r.id = i.request_id
                       WHERE r.stage <> 'withdrawn' OR r.asker_id = (SELECT sharing_viewer_agency()))
           AND (author_id = (SELECT sharing_viewer())
                OR (1 << field_class) & CASE WHEN writer_id = (SELECT sharing_viewer_agency())
                                             THEN (SELECT plans_ceiling(true)) ELSE (SELECT plans_ceiling(false)) END <> 0));
CREATE POLICY write ON plans_itemdetail FOR INSERT WITH CHECK (writer_id = (SELECT sharing_viewer_agency()));
CREATE POLICY change ON plans_itemdetail FOR UPDATE USING (writer_id = (SELECT sharing_viewer_agency()));
CREATE POLICY remove ON plans_itemdetail FOR DELETE USING (writer_id = (SELECT sharing_viewer_agency()));

-- A reply that was taken back stays as a row that says so; what was in it does not.
ALTER TABLE plans_informationreply ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_informationreply FOR SELECT
    USING (request_id IN (SELECT id FROM plans_informationrequest
                          WHERE asked_id = (SELECT sharing_viewer_agency())
                             OR plans_informationreply.stage::text IN ('released', 'recalled')));
CREATE POLICY begin ON plans_informationreply FOR INSERT
    WITH CHECK (request_id IN (SELECT id FROM plans_informationrequest WHERE asked_id = (SELECT sharing_viewer_agency())));
CREATE POLICY change ON plans_informationreply FOR UPDATE
    USING (request_id IN (SELECT id FROM plans_informationrequest WHERE asked_id = (SELECT sharing_viewer_agency())));
CREATE POLICY discard ON plans_informationreply FOR DELETE
    USING (stage = 'draft'
           AND request_id IN (SELECT id FROM plans_informationrequest WHERE asked_id = (SELECT sharing_viewer_agency())));

ALTER TABLE plans_replyitem ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_replyitem FOR SELECT
    USING (reply_id IN (SELECT y.id FROM plans_informationreply y JOIN plans_informationrequest r ON r.id = y.request_id
                        WHERE y.stage = 'released' OR r.asked_id = (SELECT sharing_viewer_agency())));
CREATE POLICY write ON plans_replyitem
    USING (reply_id IN (SELECT y.id FROM plans_informationreply y JOIN plans_informationrequest r ON r.id = y.request_id
                        WHERE r.asked_id = (SELECT sharing_viewer_agency())));

ALTER TABLE plans_replycontent ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_replycontent FOR SELECT
    USING (reply_item_id IN (SELECT id FROM plans_replyitem
                             WHERE verdict <> 'withheld' OR plans_replycontent.writer_id = (SELECT sharing_viewer_agency()))
           AND (author_id = (SELECT sharing_viewer())
                OR (1 << field_class) & CASE WHEN writer_id = (SELECT sharing_viewer_agency())
                                             THEN (SELECT plans_ceiling(true)) ELSE (SELECT plans_ceiling(false)) END <> 0));
CREATE POLICY write ON plans_replycontent FOR INSERT WITH CHECK (writer_id = (SELECT sharing_viewer_agency()));
CREATE POLICY change ON plans_replycontent FOR UPDATE USING (writer_id = (SELECT sharing_viewer_agency()));
CREATE POLICY remove ON plans_replycontent FOR DELETE USING (writer_id = (SELECT sharing_viewer_agency()));

-- Not SECURITY DEFINER: the policies of the other tables answer whether the viewer may open what is linked.
ALTER TABLE plans_replylink ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON plans_replylink FOR SELECT
    USING (reply_item_id IN (SELECT x.id FROM plans_replyitem x JOIN plans_informationreply y ON y.id = x.reply_id
                             JOIN plans_informationrequest r ON r.id = y.request_id
                             WHERE x.verdict <> 'withheld' OR r.asked_id = (SELECT sharing_viewer_agency()))
           AND plans_opens(kind, record));
CREATE POLICY write ON plans_replylink FOR INSERT
    WITH CHECK (reply_item_id IN (SELECT x.id FROM plans_replyitem x JOIN plans_informationreply y ON y.id = x.reply_id
                                  JOIN plans_informationrequest r ON r.id = y.request_id
                                  WHERE r.asked_id = (SELECT sharing_viewer_agency()))
                AND plans_opens(kind, record));
CREATE POLICY remove ON plans_replylink FOR DELETE
    USING (reply_item_id IN (SELECT x.id FROM plans_replyitem x JOIN plans_informationreply y ON y.id = x.reply_id
                             JOIN plans_informationrequest r ON r.id = y.request_id
                             WHERE r.asked_id = (SELECT sharing_viewer_agency())));

-- A request: written as a draft, sent by its author where it tells no number and no name, else by a second person who
-- decides; then nothing of it changes but its end.
CREATE FUNCTION plans_guard_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moving text[] := ARRAY['stage', 'proposed_by_id', 'sent_by_id', 'sent_at', 'ended_at', 'end_reason'];
    viewer bigint := sharing_viewer();
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    IF NOT plans_acts_for(viewer, NEW.asker_id) THEN
        RAISE EXCEPTION 'One asks for one''s own agency.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.stage <> 'draft' OR NEW.sent_at IS NOT NULL OR NOT plans_runs_for(NEW.plan_id, NEW.asker_id)
            OR NOT plans_runs_for(NEW.plan_id, NEW.asked_id) THEN
            RAISE EXCEPTION 'Partners of a running plan ask one another.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.proposed_by_id := NULL; NEW.sent_by_id := NULL; NEW.ended_at := NULL; NEW.end_reason := '';
        RETURN NEW;
    END IF;
    IF (NEW.plan_id, NEW.reference, NEW.asker_id, NEW.author_id, NEW.created_at)
        IS DISTINCT FROM (OLD.plan_id, OLD.reference, OLD.asker_id, OLD.author_id, OLD.created_at)
        OR (OLD.stage <> 'draft' AND (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving)) THEN
        RAISE EXCEPTION 'A request that was put forward does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.stage = NEW.stage AND OLD.stage = 'draft' THEN
        NEW.proposed_by_id := NULL; NEW.sent_by_id := NULL; NEW.sent_at := NULL; NEW.ended_at := NULL;
        IF NOT plans_runs_for(NEW.plan_id, NEW.asked_id) THEN
            RAISE EXCEPTION 'Partners of a running plan ask one another.' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF OLD.stage = 'draft' AND NEW.stage = 'waiting' THEN
        NEW.proposed_by_id := viewer; NEW.sent_by_id := NULL; NEW.sent_at := NULL; NEW.ended_at := NULL;
    ELSIF OLD.stage = 'waiting' AND NEW.stage = 'draft' THEN
        NEW.proposed_by_id := NULL; NEW.sent_by_id := NULL; NEW.sent_at := NULL; NEW.ended_at := NULL;
    ELSIF NEW.stage = 'sent' AND OLD.stage IN ('draft', 'waiting') THEN
        IF OLD.stage = 'draft' AND (
            EXISTS (SELECT FROM plans_informationitem i JOIN plans_itemdetail d ON d.item_id = i.id
                    WHERE i.request_id = NEW.id AND i.field_class > 0)
            OR (SELECT second_person_always FROM people_agency WHERE id = NEW.asker_id)) THEN
            RAISE EXCEPTION 'Two people are needed.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF OLD.stage = 'waiting' AND (viewer = OLD.proposed_by_id OR NOT sharing_decides(viewer, NEW.asker_id)
            OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id
            OR NOT plans_acts_for(OLD.proposed_by_id, NEW.asker_id)) THEN
            RAISE EXCEPTION 'Two people are needed.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NOT EXISTS (SELECT FROM plans_informationitem WHERE request_id = NEW.id)
            OR NOT plans_runs_for(NEW.plan_id, NEW.asker_id) OR NOT plans_runs_for(NEW.plan_id, NEW.asked_id) THEN
            RAISE EXCEPTION 'Partners of a running plan ask one another, for something.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.sent_by_id := viewer; NEW.sent_at := now(); NEW.ended_at := NULL;
    ELSIF OLD.stage = 'sent' AND NEW.stage IN ('closed', 'withdrawn') THEN
        IF NOT (viewer = OLD.author_id OR sharing_decides(viewer, NEW.asker_id))
            OR (NEW.proposed_by_id, NEW.sent_by_id, NEW.sent_at)
               IS DISTINCT FROM (OLD.proposed_by_id, OLD.sent_by_id, OLD.sent_at) THEN
            RAISE EXCEPTION 'The asker ends a request.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.ended_at := now();
    ELSE
        RAISE EXCEPTION 'A request goes from its draft to its end, and never back.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_request BEFORE INSERT OR UPDATE ON plans_informationrequest
    FOR EACH ROW EXECUTE FUNCTION plans_guard_request();

-- What is asked changes with the draft alone. The request is locked, so that nothing slips in as it is sent.
CREATE FUNCTION plans_guard_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    at text;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    SELECT stage INTO at FROM plans_informationrequest
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.request_id ELSE NEW.request_id END FOR SHARE;
    IF at IS DISTINCT FROM 'draft' OR (TG_OP = 'UPDATE' AND NEW.request_id <> OLD.request_id) THEN
        RAISE EXCEPTION 'A request that was put forward does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.field_class <> OLD.field_class THEN
        UPDATE plans_itemdetail SET field_class = NEW.field_class WHERE item_id = NEW.id;
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER plans_guard_item BEFORE INSERT OR UPDATE OR DELETE ON plans_informationitem
    FOR EACH ROW EXECUTE FUNCTION plans_guard_item();

CREATE FUNCTION plans_guard_detail() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    at text;
    class integer;
    agency bigint;
BEGIN
    SELECT r.stage, i.field_class, r.asker_id INTO at, class, agency
        FROM plans_informationitem i JOIN plans_informationrequest r ON r.id = i.request_id
        WHERE i.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.item_id ELSE NEW.item_id END FOR SHARE OF r;
    IF current_setting('role') = 'limen_site' AND (at IS DISTINCT FROM 'draft' AND TG_OP <> 'DELETE'
        OR TG_OP = 'DELETE' AND at <> 'draft' OR (TG_OP = 'UPDATE' AND NEW.item_id <> OLD.item_id)) THEN
        RAISE EXCEPTION 'A request that was put forward does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    NEW.field_class := class;
    NEW.writer_id := agency;
    NEW.author_id := coalesce(sharing_viewer(), NEW.author_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_detail BEFORE INSERT OR UPDATE OR DELETE ON plans_itemdetail
    FOR EACH ROW EXECUTE FUNCTION plans_guard_detail();

-- A reply: prepared by one active officer of the asked agency, released by another who decides for it and wrote none of
-- it; then it changes no more, and whoever decides takes it back.
CREATE FUNCTION plans_guard_reply() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moving text[] := ARRAY['stage', 'prepared_by_id', 'comment', 'decided_by_id', 'released_at',
                           'recalled_by_id', 'recalled_at', 'recall_reason'];
    viewer bigint := sharing_viewer();
    asking plans_informationrequest;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO asking FROM plans_informationrequest
        WHERE id = NEW.request_id AND asked_id = sharing_viewer_agency() AND sent_at IS NOT NULL FOR SHARE;
    IF asking.id IS NULL OR NOT plans_acts_for(viewer, asking.asked_id) THEN
        RAISE EXCEPTION 'One answers for one''s own agency.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.stage <> 'draft' OR asking.stage <> 'sent' OR NOT plans_runs_for(asking.plan_id, asking.asked_id) THEN
            RAISE EXCEPTION 'What was asked, in a plan that runs, is answered.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.begun_by_id := viewer; NEW.prepared_by_id := NULL; NEW.decided_by_id := NULL; NEW.released_at := NULL;
        NEW.recalled_by_id := NULL; NEW.recalled_at := NULL; NEW.recall_reason := ''; NEW.comment := '';
        RETURN NEW;
    END IF;
    IF (NEW.request_id, NEW.begun_by_id, NEW.created_at) IS DISTINCT FROM (OLD.request_id, OLD.begun_by_id, OLD.created_at)
        OR (OLD.stage <> 'draft' AND (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving)) THEN
        RAISE EXCEPTION 'A reply that was put forward does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.stage IN ('draft', 'proposed') AND NEW.stage IN ('draft', 'proposed') AND NOT (OLD.stage = 'proposed' AND NEW.stage = 'proposed') THEN
        NEW.decided_by_id := NULL; NEW.released_at := NULL; NEW.recalled_by_id := NULL; NEW.recalled_at := NULL;
        IF OLD.stage = 'draft' AND NEW.stage = 'proposed' THEN
            IF EXISTS (SELECT FROM plans_informationitem i WHERE i.request_id = NEW.request_id AND NOT EXISTS (
                SELECT FROM plans_replyitem x WHERE x.reply_id = NEW.id AND x.item_id = i.id)) THEN
                RAISE EXCEPTION 'Each item is decided on.' USING ERRCODE = 'check_violation';
            END IF;
            NEW.prepared_by_id := viewer;
        ELSE
            NEW.prepared_by_id := NULL;
        END IF;
    ELSIF OLD.stage = 'proposed' AND NEW.stage = 'released' THEN
        IF NOT sharing_decides(viewer, asking.asked_id) OR NEW.prepared_by_id IS DISTINCT FROM OLD.prepared_by_id
            OR OLD.prepared_by_id IS NULL OR viewer = OLD.prepared_by_id
            OR NOT plans_acts_for(OLD.prepared_by_id, asking.asked_id)
            OR EXISTS (SELECT FROM plans_replyitem WHERE reply_id = NEW.id AND written_by_id = viewer) THEN
            RAISE EXCEPTION 'Two people are needed.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF asking.stage <> 'sent' OR NOT plans_runs_for(asking.plan_id, asking.asked_id) THEN
            RAISE EXCEPTION 'What was asked, in a plan that runs, is answered.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.basis = '' AND EXISTS (
            SELECT FROM plans_replyitem x JOIN plans_replycontent c ON c.reply_item_id = x.id
            WHERE x.reply_id = NEW.id AND x.verdict <> 'withheld' AND c.field_class > 0) THEN
            RAISE EXCEPTION 'Numbers and names are told on a legal basis.' USING ERRCODE = 'check_violation';
        END IF;
        NEW.decided_by_id := viewer; NEW.released_at := now(); NEW.comment := '';
        NEW.recalled_by_id := NULL; NEW.recalled_at := NULL; NEW.recall_reason := '';
    ELSIF OLD.stage = 'released' AND NEW.stage = 'recalled' THEN
        IF NOT sharing_decides(viewer, asking.asked_id)
            OR (NEW.prepared_by_id, NEW.comment, NEW.decided_by_id, NEW.released_at)
               IS DISTINCT FROM (OLD.prepared_by_id, OLD.comment, OLD.decided_by_id, OLD.released_at) THEN
            RAISE EXCEPTION 'Who decides for the asked agency takes a reply back.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.recalled_by_id := viewer; NEW.recalled_at := now();
    ELSIF OLD.stage <> 'draft' OR NEW.stage <> 'draft' THEN
        RAISE EXCEPTION 'A reply that was put forward does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_reply BEFORE INSERT OR UPDATE ON plans_informationreply
    FOR EACH ROW EXECUTE FUNCTION plans_guard_reply();

-- Decisions on items are written with the draft. Of what waits, whoever may release it can withhold more, and nothing else.
CREATE FUNCTION plans_guard_reply_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    viewer bigint := sharing_viewer();
    reply plans_informationreply;
    agency bigint;
    asking bigint;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    SELECT * INTO reply FROM plans_informationreply
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.reply_id ELSE NEW.reply_id END FOR SHARE;
    SELECT asked_id, id INTO agency, asking FROM plans_informationrequest WHERE id = reply.request_id;
    IF NOT plans_acts_for(viewer, agency) OR (TG_OP <> 'DELETE' AND NOT EXISTS (
        SELECT FROM plans_informationitem WHERE id = NEW.item_id AND request_id = asking)) THEN
        RAISE EXCEPTION 'One answers for one''s own agency, what was asked.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.reply_id, NEW.item_id) IS DISTINCT FROM (OLD.reply_id, OLD.item_id) THEN
        RAISE EXCEPTION 'A decision is on one item.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF reply.stage = 'draft' THEN
        IF TG_OP <> 'DELETE' THEN
            NEW.written_by_id := viewer;
        END IF;
    ELSIF TG_OP = 'UPDATE' AND reply.stage = 'proposed' AND NEW.verdict = 'withheld'
        AND sharing_decides(viewer, agency) AND viewer <> reply.prepared_by_id AND viewer <> OLD.written_by_id THEN
        NEW.written_by_id := OLD.written_by_id;
    ELSE
        RAISE EXCEPTION 'A reply that was put forward does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER plans_guard_reply_item BEFORE INSERT OR UPDATE OR DELETE ON plans_replyitem
    FOR EACH ROW EXECUTE FUNCTION plans_guard_reply_item();

-- What is told, and what it leads to, is written with the draft; who writes it has written the item.
CREATE FUNCTION plans_guard_reply_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    of bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.reply_item_id ELSE NEW.reply_item_id END;
    at text;
    agency bigint;
BEGIN
    SELECT y.stage, r.asked_id INTO at, agency
        FROM plans_replyitem x JOIN plans_informationreply y ON y.id = x.reply_id
        JOIN plans_informationrequest r ON r.id = y.request_id WHERE x.id = of FOR SHARE OF y;
    IF current_setting('role') = 'limen_site' THEN
        IF at IS DISTINCT FROM 'draft' AND NOT (TG_OP = 'DELETE' AND at IS NULL) OR NOT plans_acts_for(sharing_viewer(), agency)
            OR (TG_OP = 'UPDATE' AND NEW.reply_item_id <> OLD.reply_item_id) THEN
            RAISE EXCEPTION 'A reply that was put forward does not change.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        UPDATE plans_replyitem SET written_by_id = sharing_viewer() WHERE id = of;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'plans_replycontent' THEN
        NEW.writer_id := agency;
        NEW.author_id := coalesce(sharing_viewer(), NEW.author_id);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_content BEFORE INSERT OR UPDATE OR DELETE ON plans_replycontent
    FOR EACH ROW EXECUTE FUNCTION plans_guard_reply_part();
CREATE TRIGGER plans_guard_link BEFORE INSERT OR UPDATE OR DELETE ON plans_replylink
    FOR EACH ROW EXECUTE FUNCTION plans_guard_reply_part();

-- Row-level security of requests, their parts and what is said about them, and the guards that let each side move what
-- is its own. Policies ask in sub-selects, so that a statement asks once and not once a row.

CREATE TRIGGER assistance_guard BEFORE INSERT OR UPDATE OF owner_id, audience_id, marking, state ON assistance_request
    FOR EACH ROW EXECUTE FUNCTION sharing_guard_record('assistance');

CREATE FUNCTION assistance_span(priority text) RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE priority WHEN 'traveller_waits' THEN interval '30 minutes' WHEN 'urgent' THEN interval '4 hours'
                         WHEN 'soon' THEN interval '2 days' ELSE interval '10 days' END
$$;

-- Whether an officer examines, or coordinates, at an agency, and is a person.
CREATE FUNCTION assistance_examines(officer bigint, agency bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
                   WHERE o.id = officer AND o.agency_id = agency AND o.is_active AND a.is_active AND NOT o.is_machine
                   AND o.roles && ARRAY['examiner', 'coordinator']::varchar[])
$$;

-- Where a request stands, and its clock. Content is the asking agency's, before it is sent. Afterwards each side moves
-- what is its own: the asked one takes, gives back, asks back and answers; the asking one replies, asks again, closes.
-- The clock is the database's. Whoever is not the site (a demonstration, a copy) is not held to it.
CREATE FUNCTION assistance_guard_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    releasing text[] := ARRAY['state', 'audience_id', 'marking', 'released_at', 'retain_until'];
    moving text[] := ARRAY['stage', 'taken_by_id', 'taken_at', 'sent_at', 'due_at', 'stopped_at', 'answered_at',
                           'closed_at', 'updated_at'];
    site boolean := current_setting('role') = 'limen_site';
    viewer bigint := sharing_viewer();
    asking boolean := NEW.owner_id IS NOT DISTINCT FROM sharing_viewer_agency();
    step text;
    allowed boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF site THEN
            NEW.stage := 'open';
            NEW.taken_by_id := NULL; NEW.taken_at := NULL; NEW.sent_at := NULL; NEW.due_at := NULL;
            NEW.stopped_at := NULL; NEW.answered_at := NULL; NEW.closed_at := NULL;
        END IF;
        RETURN NEW;
    END IF;
    step := OLD.stage || ' ' || NEW.stage;
    IF site THEN
        IF NOT asking AND (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
            RAISE EXCEPTION 'What is asked is the asking agency''s to say.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF OLD.state IN ('proposed', 'released')
            AND (to_jsonb(NEW) - moving - releasing) IS DISTINCT FROM (to_jsonb(OLD) - moving - releasing) THEN
            RAISE EXCEPTION 'What was sent does not change.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF OLD.sent_at IS NOT NULL AND NEW.asked_id IS DISTINCT FROM OLD.asked_id THEN
            RAISE EXCEPTION 'Another agency is asked by another request.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        -- All that moves is written here, whatever was asked for.
        NEW.taken_at := OLD.taken_at; NEW.sent_at := OLD.sent_at; NEW.due_at := OLD.due_at;
        NEW.stopped_at := OLD.stopped_at; NEW.answered_at := OLD.answered_at; NEW.closed_at := OLD.closed_at;
        IF NEW.stage <> OLD.stage OR NEW.taken_by_id IS DISTINCT FROM OLD.taken_by_id THEN
            allowed := OLD.state = 'released' AND NEW.state = 'released' AND CASE
                WHEN asking THEN NEW.taken_by_id IS NOT DISTINCT FROM OLD.taken_by_id
                    AND (step IN ('asked_back taken', 'answered taken') OR (NEW.stage = 'closed' AND OLD.stage <> 'closed'))
                WHEN NOT assistance_examines(viewer, OLD.asked_id) THEN false
                WHEN step = 'open taken' THEN OLD.taken_by_id IS NULL AND NEW.taken_by_id = viewer
                WHEN step IN ('taken open', 'asked_back open') THEN NEW.taken_by_id IS NULL
                ELSE step IN ('taken asked_back', 'taken answered', 'asked_back answered', 'answered taken')
                    AND NEW.taken_by_id IS NOT DISTINCT FROM OLD.taken_by_id
                END;
            IF NOT allowed THEN
                RAISE EXCEPTION 'A request does not move like this.' USING ERRCODE = 'insufficient_privilege';
            END IF;
        END IF;
    END IF;
    IF NEW.state = 'released' AND OLD.state <> 'released' THEN
        NEW.stage := 'open'; NEW.taken_by_id := NULL; NEW.taken_at := NULL; NEW.stopped_at := NULL;
        NEW.answered_at := NULL; NEW.closed_at := NULL;
        NEW.sent_at := now();
        NEW.due_at := now() + assistance_span(NEW.priority);
    ELSIF NEW.stage <> OLD.stage THEN
        -- A clock that stood goes on; a moment that was given, which the site cannot, is left as it is.
        IF OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS NOT DISTINCT FROM OLD.stopped_at THEN
            NEW.due_at := NEW.due_at + (now() - OLD.stopped_at);
            NEW.stopped_at := NULL;
        END IF;
        IF NEW.stage = 'open' THEN
            NEW.taken_at := NULL;
        ELSIF step = 'open taken' AND NEW.taken_at IS NOT DISTINCT FROM OLD.taken_at THEN
            NEW.taken_at := now();
        ELSIF NEW.stage = 'asked_back' AND NEW.stopped_at IS NULL THEN
            NEW.stopped_at := now();
        ELSIF NEW.stage = 'answered' AND NEW.answered_at IS NOT DISTINCT FROM OLD.answered_at THEN
            NEW.answered_at := now();
        ELSIF NEW.stage = 'closed' AND NEW.closed_at IS NOT DISTINCT FROM OLD.closed_at THEN
            NEW.closed_at := now();
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER assistance_guard_stage BEFORE INSERT OR UPDATE ON assistance_request
    FOR EACH ROW EXECUTE FUNCTION assistance_guard_stage();

-- An audience of a request names the agency that is asked, or an agreement, and neither persons nor the community.
CREATE FUNCTION assistance_guard_audience() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM sharing_audience u WHERE u.id = NEW.audience_id AND NOT u.is_private
               AND (u.community OR u.officers <> '{}' OR NOT u.agencies <@ ARRAY[coalesce(NEW.asked_id, 0)])) THEN
        RAISE EXCEPTION 'A request is for the agency that is asked.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER assistance_guard_audience BEFORE INSERT OR UPDATE OF audience_id, asked_id ON assistance_request
    FOR EACH ROW EXECUTE FUNCTION assistance_guard_audience();

-- Parts and messages inherit owner, author and audience.
CREATE FUNCTION assistance_inherit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT owner_id, author_id, audience_id INTO NEW.owner_id, NEW.author_id, NEW.audience_id
        FROM assistance_request WHERE id = NEW.request_id;
    RETURN NEW;
END
$$;

CREATE FUNCTION assistance_bequeath() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE assistance_requestdocument SET audience_id = NEW.audience_id WHERE request_id = NEW.id;
    UPDATE assistance_requestbearer SET audience_id = NEW.audience_id WHERE request_id = NEW.id;
    UPDATE assistance_requestoriginal SET audience_id = NEW.audience_id WHERE request_id = NEW.id;
    UPDATE assistance_message SET audience_id = NEW.audience_id WHERE request_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER assistance_bequeath AFTER UPDATE OF audience_id ON assistance_request
    FOR EACH ROW WHEN (NEW.audience_id IS DISTINCT FROM OLD.audience_id) EXECUTE FUNCTION assistance_bequeath();

-- What was sent does not change in its parts either.
CREATE FUNCTION assistance_guard_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    standing text;
BEGIN
    SELECT state INTO standing FROM assistance_request
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.request_id ELSE NEW.request_id END FOR SHARE;
    IF current_setting('role') = 'limen_site' AND standing NOT IN ('draft', 'recalled')
        AND NOT (TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'audience_id' = to_jsonb(OLD) - 'audience_id') THEN
        RAISE EXCEPTION 'What was sent does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

-- Whoever is in the audience, and of one of the two agencies.
ALTER TABLE assistance_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON assistance_request FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1)))
           AND (SELECT sharing_viewer_agency()) IN (owner_id, asked_id));
CREATE POLICY begin ON assistance_request FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()));
CREATE POLICY change ON assistance_request FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY work ON assistance_request FOR UPDATE
    USING (asked_id = (SELECT sharing_viewer_agency()) AND state = 'released'
           AND audience_id IN (SELECT unnest(sharing_audiences(1)))
           AND (SELECT sharing_viewer_is('examiner', 'coordinator')))
    WITH CHECK (asked_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON assistance_request FOR DELETE
    USING (owner_id = (SELECT sharing_viewer_agency()) AND state = 'draft' AND sent_at IS NULL);

DO $$
DECLARE
    part record;
BEGIN
    -- Table, and field class as a mask. Who began a request sees its parts whatever their roles.
    FOR part IN SELECT * FROM (VALUES
        ('assistance_requestdocument', 2), ('assistance_requestbearer', 4), ('assistance_requestoriginal', 8)) AS p(name, mask)
    LOOP
        EXECUTE format('CREATE TRIGGER inherit BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION assistance_inherit()', part.name);
        EXECUTE format('CREATE TRIGGER keep BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW'
                       ' EXECUTE FUNCTION assistance_guard_part()', part.name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part.name);
        EXECUTE format('CREATE POLICY see ON %I FOR SELECT USING ((audience_id IN (SELECT unnest(sharing_audiences(%s)))'
                       ' OR author_id = (SELECT sharing_viewer()))'
                       ' AND request_id IN (SELECT id FROM assistance_request))', part.name, part.mask);
        EXECUTE format('CREATE POLICY add ON %I FOR INSERT WITH CHECK (owner_id = (SELECT sharing_viewer_agency()))', part.name);
        EXECUTE format('CREATE POLICY change ON %I FOR UPDATE USING (owner_id = (SELECT sharing_viewer_agency()))'
                       ' WITH CHECK (owner_id = (SELECT sharing_viewer_agency()))', part.name);
        EXECUTE format('CREATE POLICY discard ON %I FOR DELETE USING (owner_id = (SELECT sharing_viewer_agency()))', part.name);
    END LOOP;
END
$$;

-- Pictures: an agreement may tell its other parties of what is released under it, and a request is not for them.
CREATE POLICY assistance ON exhibits_exhibit AS RESTRICTIVE FOR SELECT
    USING (kind <> 'assistance' OR record IN (SELECT id FROM assistance_request));

-- What is said: by whoever works on it at either agency, in one's own name, while it is out and not closed. The request
-- is held, so that nobody recalls or closes it meanwhile.
CREATE FUNCTION assistance_guard_message() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held assistance_request;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO held FROM assistance_request WHERE id = NEW.request_id FOR SHARE;
    IF held.id IS NULL OR held.state <> 'released' OR held.stage = 'closed'
        OR NOT (NEW.agency_id = held.owner_id OR (NEW.agency_id = held.asked_id AND assistance_examines(NEW.officer_id, held.asked_id)))
        OR (NEW.asks AND NEW.agency_id <> held.asked_id) THEN
        RAISE EXCEPTION 'Only the two agencies speak about a request, while it is out.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.at := now();
    RETURN NEW;
END
$$;

CREATE TRIGGER inherit BEFORE INSERT ON assistance_message FOR EACH ROW EXECUTE FUNCTION assistance_inherit();
CREATE TRIGGER keep BEFORE INSERT ON assistance_message FOR EACH ROW EXECUTE FUNCTION assistance_guard_message();
ALTER TABLE assistance_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON assistance_message FOR SELECT USING (request_id IN (SELECT id FROM assistance_request));
CREATE POLICY add ON assistance_message FOR INSERT
    WITH CHECK (officer_id = (SELECT sharing_viewer()) AND agency_id = (SELECT sharing_viewer_agency())
                AND request_id IN (SELECT id FROM assistance_request));

-- What an agency knows is told by itself; an examiner's own stays within the agency.
ALTER TABLE assistance_expertise ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON assistance_expertise FOR SELECT
    USING (agency_id = (SELECT sharing_viewer_agency()) OR (officer_id IS NULL AND (SELECT sharing_viewer()) IS NOT NULL));
CREATE POLICY own ON assistance_expertise
    USING (agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('examiner', 'coordinator'))
           AND (officer_id IS NULL OR officer_id = (SELECT sharing_viewer()) OR (SELECT sharing_viewer_is('coordinator'))))
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('examiner', 'coordinator'))
                AND (officer_id IS NULL OR officer_id = (SELECT sharing_viewer()) OR (SELECT sharing_viewer_is('coordinator')))
                AND (officer_id IS NULL OR assistance_examines(officer_id, agency_id)));

-- Whether a row of expertise counts: an agency's own, or that of one who still examines there.
CREATE FUNCTION assistance_stands(e assistance_expertise) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.officer_id IS NULL OR assistance_examines(e.officer_id, e.agency_id)
$$;

-- Every active agency alike, with what it and its examiners state, and whether one of them is on duty: no names, no
-- numbers, nothing of what others ask.
CREATE FUNCTION assistance_directory()
RETURNS TABLE (agency_id bigint, issuers text[], categories text[], languages text[], on_duty boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id,
           ARRAY(SELECT DISTINCT x::text FROM assistance_expertise e CROSS JOIN unnest(e.issuers) x
                 WHERE e.agency_id = a.id AND assistance_stands(e) ORDER BY 1),
           ARRAY(SELECT DISTINCT x::text FROM assistance_expertise e CROSS JOIN unnest(e.categories) x
                 WHERE e.agency_id = a.id AND assistance_stands(e) ORDER BY 1),
           ARRAY(SELECT DISTINCT x::text FROM assistance_expertise e CROSS JOIN unnest(e.languages) x
                 WHERE e.agency_id = a.id AND assistance_stands(e) ORDER BY 1),
           EXISTS (SELECT FROM assistance_expertise e WHERE e.agency_id = a.id AND e.on_duty
                   AND e.officer_id IS NOT NULL AND assistance_stands(e))
    FROM people_agency a WHERE a.is_active AND sharing_viewer() IS NOT NULL
$$;

-- Who is told of a request that is out: the asked agency's examiners on duty, or all of them where none is. Asked by
-- its own agency, as it sends, and by nobody else.
CREATE FUNCTION assistance_watch(wanted bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH examiners AS (
        SELECT o.id, EXISTS (SELECT FROM assistance_expertise e
                             WHERE e.officer_id = o.id AND e.agency_id = o.agency_id AND e.on_duty) AS on_duty
        FROM assistance_request r JOIN people_officer o ON o.agency_id = r.asked_id
        WHERE r.id = wanted AND r.state = 'released' AND r.owner_id = sharing_viewer_agency()
            AND 'examiner' = ANY (o.roles) AND assistance_examines(o.id, o.agency_id))
    SELECT coalesce(array_agg(id), '{}') FROM examiners WHERE on_duty OR NOT EXISTS (SELECT FROM examiners WHERE on_duty)
$$;

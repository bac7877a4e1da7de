-- Answers: written by examiners of the asked agency, signed by who took the request, by two where two are needed, and
-- seen by the asking agency once they are signed. What was signed does not change. Outcomes: the asking agency's.

-- Whether an officer is a document examiner of an agency, and a person.
CREATE FUNCTION assistance_signs(officer bigint, agency bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
                   WHERE o.id = officer AND o.agency_id = agency AND o.is_active AND a.is_active AND NOT o.is_machine
                   AND 'examiner' = ANY (o.roles))
$$;

-- Whether a second examiner signs: the agency asks for it always, or somebody waits for an opinion at the end of the
-- scale. `limen/node/assistance/answering.py` says the same to pages.
CREATE FUNCTION assistance_two_sign(answer bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT a.second_person_always OR (r.priority IN ('traveller_waits', 'urgent') AND EXISTS (
                         SELECT FROM assistance_conclusion c WHERE c.answer_id = w.id AND abs(c.degree) >= 3))
                     FROM assistance_answer w JOIN assistance_request r ON r.id = w.request_id
                     JOIN people_agency a ON a.id = w.agency_id WHERE w.id = answer), true)
$$;

-- How long an answer took: the time that it had, less what was left of it. While the asker is asked back, nothing passes.
CREATE FUNCTION assistance_took(r assistance_request, signed timestamptz) RETURNS interval
LANGUAGE sql STABLE AS $$
    SELECT assistance_span(r.priority) - (r.due_at - least(signed, r.stopped_at))
$$;

CREATE FUNCTION assistance_guard_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    row_now assistance_answer := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    viewer bigint := sharing_viewer();
    held assistance_request;
    texts text[] := ARRAY['language', 'findings', 'methods', 'equipment', 'limits'];
    moving text[] := ARRAY['stage', 'comment', 'signed_by_id', 'second_by_id', 'signed_at', 'took'];
    step text;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        IF TG_OP <> 'DELETE' AND NEW.stage = 'signed' AND NEW.took IS NULL THEN
            SELECT assistance_took(r, coalesce(NEW.signed_at, now())) INTO NEW.took
                FROM assistance_request r WHERE r.id = NEW.request_id;
            RETURN NEW;
        END IF;
        RETURN row_now;
    END IF;
    SELECT * INTO held FROM assistance_request WHERE id = row_now.request_id FOR NO KEY UPDATE;
    IF held.id IS NULL AND TG_OP = 'DELETE' THEN  -- goes with its request
        RETURN OLD;
    END IF;
    IF held.state <> 'released' OR NOT assistance_signs(viewer, held.asked_id) OR row_now.agency_id <> held.asked_id THEN
        RAISE EXCEPTION 'Examiners of the asked agency answer, while the request is out.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Who took it writes the answer; what was answered, any examiner adds to, or signs as the second.
    IF held.stage NOT IN ('answered', 'closed') AND held.taken_by_id IS DISTINCT FROM viewer
        AND NOT (TG_OP = 'UPDATE' AND OLD.stage = 'waiting') THEN
        RAISE EXCEPTION 'Who took the request answers it.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.author_id <> viewer OR NEW.stage <> 'draft' OR NEW.number <> 1 + (
            SELECT count(*) FROM assistance_answer WHERE request_id = NEW.request_id)
            OR EXISTS (SELECT FROM assistance_answer WHERE request_id = NEW.request_id AND stage <> 'signed')
            OR (NEW.number = 1 AND held.stage NOT IN ('taken', 'asked_back')) THEN
            RAISE EXCEPTION 'An answer begins as a draft, in one''s own name, one at a time.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.signed_by_id := NULL; NEW.second_by_id := NULL; NEW.signed_at := NULL; NEW.took := NULL;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.stage <> 'draft' THEN
            RAISE EXCEPTION 'What was signed does not change.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    END IF;
    step := OLD.stage || ' ' || NEW.stage;
    IF (to_jsonb(NEW) - texts - moving) IS DISTINCT FROM (to_jsonb(OLD) - texts - moving)
        OR (OLD.stage <> 'draft' AND (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving)) THEN
        RAISE EXCEPTION 'What was signed does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.signed_at := OLD.signed_at; NEW.took := OLD.took;
    IF step IN ('draft waiting', 'draft signed') THEN
        IF NEW.signed_by_id IS DISTINCT FROM viewer OR NEW.second_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'One signs in one''s own name.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.stage = 'signed' AND assistance_two_sign(NEW.id) THEN
            RAISE EXCEPTION 'Two examiners are needed.' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF step = 'waiting signed' THEN
        IF NEW.second_by_id IS DISTINCT FROM viewer OR NEW.signed_by_id IS DISTINCT FROM OLD.signed_by_id
            OR NEW.signed_by_id = viewer OR NOT assistance_signs(NEW.signed_by_id, NEW.agency_id) THEN
            RAISE EXCEPTION 'Two examiners are needed.' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF step IN ('waiting draft', 'draft draft') THEN
        NEW.signed_by_id := NULL; NEW.second_by_id := NULL;
    ELSE
        RAISE EXCEPTION 'What was signed does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.stage = 'signed' THEN
        IF NOT EXISTS (SELECT FROM assistance_conclusion WHERE answer_id = NEW.id) AND NEW.number = 1 THEN
            RAISE EXCEPTION 'An answer gives an opinion.' USING ERRCODE = 'check_violation';
        END IF;
        NEW.signed_at := now();
        NEW.took := assistance_took(held, now());
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER assistance_guard_answer BEFORE INSERT OR UPDATE OR DELETE ON assistance_answer
    FOR EACH ROW EXECUTE FUNCTION assistance_guard_answer();

-- A signed answer answers its request.
CREATE FUNCTION assistance_answered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE assistance_request SET stage = 'answered' WHERE id = NEW.request_id AND stage IN ('taken', 'asked_back');
    RETURN NULL;
END
$$;

CREATE TRIGGER assistance_answered AFTER UPDATE ON assistance_answer
    FOR EACH ROW WHEN (NEW.stage = 'signed' AND OLD.stage <> 'signed') EXECUTE FUNCTION assistance_answered();

-- And nothing else does.
CREATE FUNCTION assistance_guard_answered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') = 'limen_site'
        AND NOT EXISTS (SELECT FROM assistance_answer WHERE request_id = NEW.id AND stage = 'signed') THEN
        RAISE EXCEPTION 'A signed answer answers a request.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER assistance_guard_answered BEFORE UPDATE ON assistance_request
    FOR EACH ROW WHEN (NEW.stage = 'answered' AND OLD.stage <> 'answered') EXECUTE FUNCTION assistance_guard_answered();

-- What belongs to an answer changes while it is a draft, and by who writes it. The answer is held, so that nobody signs
-- it meanwhile.
CREATE FUNCTION assistance_guard_answer_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held assistance_answer;
    asking assistance_request;
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.answer_id <> OLD.answer_id THEN
        RAISE EXCEPTION 'What was signed does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO held FROM assistance_answer
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.answer_id ELSE NEW.answer_id END FOR NO KEY UPDATE;
    IF held.id IS NULL AND TG_OP = 'DELETE' THEN  -- goes with its answer
        RETURN OLD;
    END IF;
    SELECT * INTO asking FROM assistance_request WHERE id = held.request_id;
    IF held.stage <> 'draft' OR asking.state <> 'released' OR NOT assistance_signs(sharing_viewer(), held.agency_id)
        OR (asking.stage NOT IN ('answered', 'closed') AND asking.taken_by_id IS DISTINCT FROM sharing_viewer()) THEN
        RAISE EXCEPTION 'What was signed does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE TRIGGER keep BEFORE INSERT OR UPDATE OR DELETE ON assistance_conclusion
    FOR EACH ROW EXECUTE FUNCTION assistance_guard_answer_part();
CREATE TRIGGER keep BEFORE INSERT OR UPDATE OR DELETE ON assistance_marked
    FOR EACH ROW EXECUTE FUNCTION assistance_guard_answer_part();

-- What came of it: told by the asking agency, in one's own name, once there is a signed answer.
CREATE FUNCTION assistance_guard_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM assistance_request r WHERE r.id = NEW.request_id AND r.owner_id = sharing_viewer_agency()
                   AND r.state = 'released')
        OR NOT EXISTS (SELECT FROM assistance_answer a WHERE a.request_id = NEW.request_id AND a.stage = 'signed') THEN
        RAISE EXCEPTION 'The agency that asked tells what came of a signed answer.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.at := now();
    RETURN NEW;
END
$$;

CREATE TRIGGER keep BEFORE INSERT ON assistance_outcome FOR EACH ROW EXECUTE FUNCTION assistance_guard_outcome();

-- Whoever sees the request sees what was signed; a draft is for the examiners and coordinators of the asked agency.
ALTER TABLE assistance_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON assistance_answer FOR SELECT
    USING (request_id IN (SELECT id FROM assistance_request)
           AND (stage = 'signed' OR (agency_id = (SELECT sharing_viewer_agency())
                                     AND (SELECT sharing_viewer_is('examiner', 'coordinator')))));
CREATE POLICY begin ON assistance_answer FOR INSERT
    WITH CHECK (author_id = (SELECT sharing_viewer()) AND agency_id = (SELECT sharing_viewer_agency())
                AND request_id IN (SELECT id FROM assistance_request));
CREATE POLICY change ON assistance_answer FOR UPDATE
    USING (agency_id = (SELECT sharing_viewer_agency())) WITH CHECK (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON assistance_answer FOR DELETE
    USING (agency_id = (SELECT sharing_viewer_agency()) AND stage = 'draft');

DO $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['assistance_conclusion', 'assistance_marked'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('CREATE POLICY see ON %I FOR SELECT USING (answer_id IN (SELECT id FROM assistance_answer))', part);
        EXECUTE format('CREATE POLICY write ON %I USING (answer_id IN (SELECT id FROM assistance_answer'
                       ' WHERE stage = ''draft'' AND agency_id = (SELECT sharing_viewer_agency())))', part);
    END LOOP;
END
$$;

ALTER TABLE assistance_outcome ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON assistance_outcome FOR SELECT USING (request_id IN (SELECT id FROM assistance_request));
CREATE POLICY tell ON assistance_outcome FOR INSERT
    WITH CHECK (author_id = (SELECT sharing_viewer()) AND request_id IN (
        SELECT id FROM assistance_request WHERE owner_id = (SELECT sharing_viewer_agency())));

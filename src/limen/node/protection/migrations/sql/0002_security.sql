-- Who sees a screening: while it is open, the officer who has the conversation; once it is handed over, the protection
-- officers of that agency, and nobody else: no coordinator, no administrator, no other agency.
-- A referral is seen by who sees its screening, and by protection officers of the agency that it was sent to.
-- Policies ask in sub-selects, so that a statement asks once and not once a row. Those of changing and deleting repeat
-- the condition: a statement that reads no column is not held against the policy of reading.

ALTER TABLE protection_screening ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON protection_screening FOR SELECT USING (
    agency_id = (SELECT sharing_viewer_agency())
    AND CASE stage WHEN 'open' THEN author_id = (SELECT sharing_viewer())
                   ELSE (SELECT sharing_viewer_is('protection')) END);
CREATE POLICY begin ON protection_screening FOR INSERT WITH CHECK (
    agency_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()) AND stage = 'open'
    AND handed_at IS NULL AND (SELECT sharing_viewer_is('counter', 'examiner', 'coordinator', 'protection')));
CREATE POLICY change ON protection_screening FOR UPDATE USING (
    agency_id = (SELECT sharing_viewer_agency())
    AND CASE stage WHEN 'open' THEN author_id = (SELECT sharing_viewer())
                   ELSE (SELECT sharing_viewer_is('protection')) END);
CREATE POLICY discard ON protection_screening FOR DELETE USING (
    agency_id = (SELECT sharing_viewer_agency())
    AND CASE stage WHEN 'open' THEN author_id = (SELECT sharing_viewer())
                   ELSE (SELECT sharing_viewer_is('protection')) END);

ALTER TABLE protection_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON protection_answer USING (screening_id IN (SELECT id FROM protection_screening))
    WITH CHECK (screening_id IN (SELECT id FROM protection_screening));

ALTER TABLE protection_referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON protection_referral FOR SELECT USING (
    screening_id IN (SELECT id FROM protection_screening)
    OR (partner_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('protection'))));
CREATE POLICY refer ON protection_referral FOR INSERT WITH CHECK (
    agency_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()) AND step = 'sent'
    AND decided_by_id IS NULL AND screening_id IN (SELECT id FROM protection_screening));
CREATE POLICY change ON protection_referral FOR UPDATE USING (
    screening_id IN (SELECT id FROM protection_screening)
    OR (partner_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('protection'))));
CREATE POLICY discard ON protection_referral FOR DELETE USING (screening_id IN (SELECT id FROM protection_screening));

-- What an agency wrote down for its own officers; coordinators and protection officers keep it.
ALTER TABLE protection_mechanism ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON protection_mechanism FOR SELECT USING (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY keep ON protection_mechanism FOR INSERT WITH CHECK (
    agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'protection')));
CREATE POLICY change ON protection_mechanism FOR UPDATE USING (
    agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'protection')));
CREATE POLICY discard ON protection_mechanism FOR DELETE USING (
    agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'protection')));

ALTER TABLE protection_wording ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON protection_wording FOR SELECT USING (agency_id = (SELECT sharing_viewer_agency()));
CREATE POLICY keep ON protection_wording FOR INSERT WITH CHECK (
    agency_id = (SELECT sharing_viewer_agency()) AND confirmed_by_id = (SELECT sharing_viewer())
    AND (SELECT sharing_viewer_is('coordinator', 'protection')));
CREATE POLICY change ON protection_wording FOR UPDATE USING (
    agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'protection')))
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency()) AND confirmed_by_id = (SELECT sharing_viewer()));
CREATE POLICY discard ON protection_wording FOR DELETE USING (
    agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'protection')));

-- Figures hold no count below five: the worker publishes them, and nobody changes one.
ALTER TABLE protection_figure ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON protection_figure FOR SELECT USING (
    agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator', 'protection')));
ALTER TABLE protection_figure ADD CONSTRAINT protection_five_or_more CHECK (count >= 5);

-- Whatever the site's code does: a screening is handed over by protection_hand_over alone, and does not change hands.
CREATE FUNCTION protection_guard_screening() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user = 'limen_site'
        AND (NEW.id, NEW.reference, NEW.agency_id, NEW.author_id, NEW.stage, NEW.origin_kind, NEW.origin, NEW.opened_at,
             NEW.handed_at, NEW.retain_until)
        IS DISTINCT FROM (OLD.id, OLD.reference, OLD.agency_id, OLD.author_id, OLD.stage, OLD.origin_kind, OLD.origin,
                          OLD.opened_at, OLD.handed_at, OLD.retain_until) THEN
        RAISE EXCEPTION 'A screening does not change hands.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER guard BEFORE UPDATE ON protection_screening FOR EACH ROW EXECUTE FUNCTION protection_guard_screening();

-- The officer who screens lets go of it: after this, it is the protection officers'.
CREATE FUNCTION protection_hand_over(wanted uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE protection_screening s SET stage = 'handed', handed_at = now(),
        retain_until = (current_date + make_interval(months => a.protection_months))::date
    FROM people_agency a WHERE a.id = s.agency_id AND s.id = wanted AND s.stage = 'open' AND s.author_id = sharing_viewer();
    RETURN FOUND;
END
$$;

-- That the viewer once screened from this record's page: to whoever did, and to nobody else.
CREATE FUNCTION protection_begun_from(kind text, record text)
RETURNS TABLE (reference text, stage text, opened_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.reference, s.stage, s.opened_at FROM protection_screening s
    WHERE s.origin_kind = kind AND s.origin = record AND s.agency_id = sharing_viewer_agency()
        AND (s.author_id = sharing_viewer() OR (s.stage <> 'open' AND sharing_viewer_is('protection')))
    ORDER BY s.opened_at DESC LIMIT 1
$$;

-- A referral says what it said when it was made. The other side answers, or the sender where the other side is not on
-- this node. Consent withdrawn leaves nothing of it but that there was one.
CREATE FUNCTION protection_guard_referral() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    mine bigint := sharing_viewer_agency();
BEGIN
    IF current_user <> 'limen_site' THEN
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.reference, NEW.screening_id, NEW.agency_id, NEW.author_id, NEW.partner_id, NEW.mechanism_name,
        NEW.mechanism_phone, NEW.urgent, NEW.for_child, NEW.basis, NEW.how, NEW.made_at)
        IS DISTINCT FROM (OLD.id, OLD.reference, OLD.screening_id, OLD.agency_id, OLD.author_id, OLD.partner_id,
        OLD.mechanism_name, OLD.mechanism_phone, OLD.urgent, OLD.for_child, OLD.basis, OLD.how, OLD.made_at) THEN
        RAISE EXCEPTION 'A referral does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.step = 'withdrawn' THEN
        RAISE EXCEPTION 'Consent to this referral was withdrawn.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.step = 'withdrawn' THEN
        IF mine IS DISTINCT FROM OLD.agency_id OR NEW.items <> '{}' OR NEW.answers <> '{}'::jsonb
            OR NEW.language || NEW.name || NEW.contact || NEW.needs || NEW.observations || NEW.feedback <> '' THEN
            RAISE EXCEPTION 'Who withdraws deletes what was passed on.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.items, NEW.language, NEW.name, NEW.contact, NEW.needs, NEW.answers, NEW.observations)
        IS DISTINCT FROM (OLD.items, OLD.language, OLD.name, OLD.contact, OLD.needs, OLD.answers, OLD.observations) THEN
        RAISE EXCEPTION 'A referral does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF mine IS DISTINCT FROM coalesce(OLD.partner_id, OLD.agency_id)
        OR (NEW.decided_by_id IS NOT NULL AND NEW.decided_by_id <> sharing_viewer()) THEN
        RAISE EXCEPTION 'Who received it answers, in their own name.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER guard BEFORE UPDATE ON protection_referral FOR EACH ROW EXECUTE FUNCTION protection_guard_referral();

-- Alerts take a second person whatever their audience: the guard of releases asks by kind. `limen/node/sharing/kinds.py`
-- says the same to the pages (`always_two`); a test holds the two together.
CREATE FUNCTION sharing_always_two(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT kind IN ('alerts') $$;

CREATE OR REPLACE FUNCTION sharing_guard_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    looking bigint := sharing_named();
    two boolean := sharing_always_two(NEW.kind) OR sharing_needs_two(NEW.audience_id);
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.kind, NEW.record, NEW.owner_id, NEW.audience_id, NEW.proposed_by_id)
        IS DISTINCT FROM (OLD.kind, OLD.record, OLD.owner_id, OLD.audience_id, OLD.proposed_by_id) THEN
        RAISE EXCEPTION 'A proposal does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.decision NOT IN ('open', 'approved') THEN
        RAISE EXCEPTION 'This proposal was decided.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.decided_by_id IS NOT NULL AND looking IS NOT NULL AND NEW.decided_by_id <> looking
        AND (TG_OP = 'INSERT' OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id) THEN
        RAISE EXCEPTION 'One decides in one''s own name.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.decision = 'approved' AND (TG_OP = 'INSERT' OR OLD.decision <> 'approved') THEN
        IF NEW.decided_by_id IS NULL THEN
            RAISE EXCEPTION 'Somebody must decide.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NOT EXISTS (SELECT FROM people_officer o JOIN people_agency a ON a.id = o.agency_id
                       WHERE o.id = NEW.decided_by_id AND o.agency_id = NEW.owner_id
                       AND o.is_active AND (a.machine_release OR NOT o.is_machine) AND (o.roles && ARRAY['coordinator', 'examiner']::varchar[]
                           OR (NEW.proposed_by_id = o.id AND NOT two))) THEN
            RAISE EXCEPTION 'This officer cannot approve.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.decided_by_id = NEW.proposed_by_id AND two THEN
            RAISE EXCEPTION 'Two people are needed.' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- Where a request and its answer must stand together. A signature of the keeper's, in a copy or a demonstration, has its
-- moment too, and answers its request like one of the site's.
CREATE FUNCTION assistance_date_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') <> 'limen_site' THEN
        NEW.signed_at := coalesce(NEW.signed_at, now());
    ELSIF EXISTS (SELECT FROM assistance_request WHERE id = NEW.request_id AND stage = 'open') THEN
        RAISE EXCEPTION 'Nobody has taken the request.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

-- Named so that it fires before assistance_guard_answer, which measures up to the signature.
CREATE TRIGGER assistance_date_answer BEFORE INSERT OR UPDATE ON assistance_answer
    FOR EACH ROW WHEN (NEW.stage = 'signed') EXECUTE FUNCTION assistance_date_answer();

CREATE OR REPLACE FUNCTION assistance_answered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE assistance_request SET stage = 'answered', answered_at = NEW.signed_at
        WHERE id = NEW.request_id AND stage IN ('taken', 'asked_back');
    RETURN NULL;
END
$$;

-- While an answer waits for its second signature, its request stays with who took it.
CREATE FUNCTION assistance_guard_giving_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') = 'limen_site'
        AND EXISTS (SELECT FROM assistance_answer WHERE request_id = NEW.id AND stage = 'waiting') THEN
        RAISE EXCEPTION 'An answer waits for its second signature.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER assistance_guard_giving_back BEFORE UPDATE ON assistance_request
    FOR EACH ROW WHEN (NEW.stage = 'open' AND OLD.stage IN ('taken', 'asked_back') AND NEW.state = OLD.state)
    EXECUTE FUNCTION assistance_guard_giving_back();

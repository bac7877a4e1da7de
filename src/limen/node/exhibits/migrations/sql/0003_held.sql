-- Whoever takes a picture waits for a recall of its report that is under way, and then sees that it was recalled: the
-- recall, for its part, cannot see a row that is not there yet. Named so that it fires before exhibits_keep.
CREATE FUNCTION exhibits_hold_source() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM reports_report WHERE id = NEW.source_report FOR SHARE;
    RETURN NEW;
END
$$;

CREATE TRIGGER exhibits_hold_source BEFORE INSERT ON exhibits_exhibit
    FOR EACH ROW WHEN (NEW.source_report IS NOT NULL) EXECUTE FUNCTION exhibits_hold_source();

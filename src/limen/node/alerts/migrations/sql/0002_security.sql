-- Row-level security of alerts and of what becomes of them, and their guards. Policies ask in sub-selects, so that a
-- statement asks once and not once a row; a sub-select over another table sees of it what the viewer may see.

CREATE TRIGGER alerts_guard BEFORE INSERT OR UPDATE OF owner_id, audience_id, marking, state ON alerts_alert
    FOR EACH ROW EXECUTE FUNCTION sharing_guard_record('alerts');

-- Whatever the site's code does: two people have agreed on a text, so it stays as it is while it waits and when it is
-- out; and an agency says of its own alerts alone that others take their place.
CREATE FUNCTION alerts_guard_content() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moving text[] := ARRAY['state', 'audience_id', 'marking', 'released_at', 'retain_until', 'updated_at',
                            'search'];  -- generated, and not yet so here
BEGIN
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM alerts_alert a WHERE a.id = NEW.supersedes_id AND a.owner_id = NEW.owner_id AND a.id <> NEW.id) THEN
        RAISE EXCEPTION 'An alert takes the place of one of its own agency.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ('proposed', 'released') AND current_setting('role') = 'limen_site'
        AND (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
        RAISE EXCEPTION 'What two people agree on does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER alerts_guard_content BEFORE INSERT OR UPDATE ON alerts_alert
    FOR EACH ROW EXECUTE FUNCTION alerts_guard_content();

ALTER TABLE alerts_alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON alerts_alert FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1))));
CREATE POLICY begin ON alerts_alert FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()));
CREATE POLICY change ON alerts_alert FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON alerts_alert FOR DELETE
    USING (owner_id = (SELECT sharing_viewer_agency()) AND state = 'draft');

-- Links follow their alert, and go with either end, also where who deletes does not see them. Who acknowledged an alert
-- that is recalled keeps the word that it was.
CREATE FUNCTION alerts_inherit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT owner_id, author_id, audience_id INTO NEW.owner_id, NEW.author_id, NEW.audience_id
        FROM alerts_alert WHERE id = NEW.alert_id;
    RETURN NEW;
END
$$;

CREATE FUNCTION alerts_bequeath() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE alerts_link SET audience_id = NEW.audience_id WHERE alert_id = NEW.id;
    IF NEW.state = 'recalled' THEN
        UPDATE alerts_acknowledgement SET recalled_at = now() WHERE alert_id = NEW.id AND recalled_at IS NULL;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION alerts_empty() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM alerts_link WHERE alert_id = OLD.id;
    DELETE FROM alerts_acknowledgement WHERE alert_id = OLD.id;
    DELETE FROM alerts_feedback WHERE alert_id = OLD.id;
    UPDATE alerts_alert SET supersedes_id = NULL WHERE supersedes_id = OLD.id;
    RETURN OLD;
END
$$;

CREATE FUNCTION alerts_unlink() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM alerts_link WHERE report_id = OLD.id;
    RETURN OLD;
END
$$;

CREATE TRIGGER inherit BEFORE INSERT ON alerts_link FOR EACH ROW EXECUTE FUNCTION alerts_inherit();
CREATE TRIGGER alerts_bequeath AFTER UPDATE OF audience_id ON alerts_alert
    FOR EACH ROW WHEN (NEW.audience_id IS DISTINCT FROM OLD.audience_id) EXECUTE FUNCTION alerts_bequeath();
CREATE TRIGGER alerts_empty BEFORE DELETE ON alerts_alert FOR EACH ROW EXECUTE FUNCTION alerts_empty();
CREATE TRIGGER alerts_unlink BEFORE DELETE ON reports_report FOR EACH ROW EXECUTE FUNCTION alerts_unlink();

-- Whoever sees both ends sees the link. The alert's owner links any report that it sees, another agency its own.
ALTER TABLE alerts_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON alerts_link FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1)))
           AND EXISTS (SELECT FROM reports_report r WHERE r.id = report_id));
CREATE POLICY add ON alerts_link FOR INSERT
    WITH CHECK (agency_id = (SELECT sharing_viewer_agency())
                AND EXISTS (SELECT FROM alerts_alert a WHERE a.id = alert_id)
                AND EXISTS (SELECT FROM reports_report r WHERE r.id = report_id
                            AND (alerts_link.owner_id = alerts_link.agency_id OR r.owner_id = alerts_link.agency_id)));
CREATE POLICY discard ON alerts_link FOR DELETE
    USING (agency_id = (SELECT sharing_viewer_agency()) OR owner_id = (SELECT sharing_viewer_agency()));

-- Acknowledgements: in one's own name, once for each edition, and for good.
CREATE FUNCTION alerts_edition() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    SELECT released_at, reference INTO NEW.edition, NEW.reference FROM alerts_alert WHERE id = NEW.alert_id AND state = 'released';
    NEW.recalled_at := NULL;
    IF NEW.edition IS NULL THEN
        RAISE EXCEPTION 'Only a released alert is acknowledged.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER alerts_edition BEFORE INSERT ON alerts_acknowledgement FOR EACH ROW EXECUTE FUNCTION alerts_edition();
ALTER TABLE alerts_acknowledgement ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON alerts_acknowledgement FOR SELECT
    USING (officer_id = (SELECT sharing_viewer())
           OR (agency_id = (SELECT sharing_viewer_agency()) AND (SELECT sharing_viewer_is('coordinator'))
               AND EXISTS (SELECT FROM alerts_alert a WHERE a.id = alert_id)));
CREATE POLICY add ON alerts_acknowledgement FOR INSERT
    WITH CHECK (officer_id = (SELECT sharing_viewer()) AND agency_id = (SELECT sharing_viewer_agency()));

-- How many officers of each agency have acknowledged an alert as it is out now: for its owner alone, and no names.
CREATE FUNCTION alerts_acknowledged(wanted bigint) RETURNS TABLE (agency_id bigint, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.agency_id, count(*) FROM alerts_acknowledgement k JOIN alerts_alert a ON a.id = k.alert_id
    WHERE a.id = wanted AND k.edition = a.released_at AND a.owner_id = sharing_viewer_agency()
        AND a.audience_id = ANY (sharing_audiences(1))
    GROUP BY k.agency_id
$$;

-- Feedback: seen by those of the agency that gave it and of the alert's owner who see the alert; by who gave it always.
CREATE FUNCTION alerts_address() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    SELECT owner_id INTO NEW.owner_id FROM alerts_alert WHERE id = NEW.alert_id AND state = 'released';
    IF NEW.owner_id IS NULL THEN
        RAISE EXCEPTION 'Only a released alert is answered.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER alerts_address BEFORE INSERT ON alerts_feedback FOR EACH ROW EXECUTE FUNCTION alerts_address();
ALTER TABLE alerts_feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON alerts_feedback FOR SELECT
    USING (officer_id = (SELECT sharing_viewer())
           OR ((SELECT sharing_viewer_agency()) IN (agency_id, owner_id)
               AND EXISTS (SELECT FROM alerts_alert a WHERE a.id = alert_id)));
CREATE POLICY add ON alerts_feedback FOR INSERT
    WITH CHECK (officer_id = (SELECT sharing_viewer()) AND agency_id = (SELECT sharing_viewer_agency()));

-- Exhibits follow their record and their source. The trigger exhibits_keep writes what they carry of both, whatever was
-- asked, so that no code can show an exhibit to others than its record is shown to.

-- To be called by the migration of an app whose records have exhibits: SELECT exhibits_attach('alerts', 'alerts_alert').
CREATE FUNCTION exhibits_attach(p_kind text, p_table text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO exhibits_attached (kind, "table") VALUES (p_kind, p_table);
    EXECUTE format('CREATE TRIGGER exhibits_bequeath AFTER UPDATE OF audience_id ON %I FOR EACH ROW'
                   ' WHEN (NEW.audience_id IS DISTINCT FROM OLD.audience_id) EXECUTE FUNCTION exhibits_bequeath(%L)',
                   p_table, p_kind);
    EXECUTE format('CREATE TRIGGER exhibits_forget AFTER DELETE ON %I FOR EACH ROW EXECUTE FUNCTION exhibits_forget(%L)',
                   p_table, p_kind);
END
$$;

-- Whether an exhibit must not be shown because of the report that it was taken from. A report of the own agency is for
-- the own agency to tell of; another's must be released to the community, and one marked TLP:GREEN goes to nothing
-- marked TLP:CLEAR. Of a source that was deleted when its time was over, what held last holds on (NULL).
CREATE FUNCTION exhibits_withheld(p_source bigint, p_owner bigint, p_marking text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.owner_id <> p_owner
        AND NOT (r.state = 'released' AND a.community AND (r.marking = 'clear' OR p_marking <> 'clear'))
    FROM reports_report r JOIN sharing_audience a ON a.id = r.audience_id WHERE r.id = p_source
$$;

CREATE FUNCTION exhibits_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    row_now exhibits_exhibit := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    is_change boolean := true;
    place text;
    held record;
    source record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.kind, NEW.record, NEW.source_report, NEW.source_image)
            IS DISTINCT FROM (OLD.kind, OLD.record, OLD.source_report, OLD.source_image) THEN
            RAISE EXCEPTION 'An exhibit stays with its record and its source.' USING ERRCODE = 'insufficient_privilege';
        END IF;
        is_change := (NEW.position, NEW.role, NEW.compared_with_id, NEW.light, NEW.subject, NEW.caption, NEW.masked,
                      NEW.thumbnail, NEW.width, NEW.height, NEW.masks, NEW.masks_confirmed, NEW.regions)
            IS DISTINCT FROM (OLD.position, OLD.role, OLD.compared_with_id, OLD.light, OLD.subject, OLD.caption, OLD.masked,
                      OLD.thumbnail, OLD.width, OLD.height, OLD.masks, OLD.masks_confirmed, OLD.regions);
    END IF;
    SELECT "table" INTO place FROM exhibits_attached WHERE kind = row_now.kind;
    IF place IS NULL THEN
        RAISE EXCEPTION 'Records of this kind have no exhibits.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Whoever changes an exhibit holds its record, so that nobody releases it meanwhile.
    EXECUTE format('SELECT id, owner_id, author_id, audience_id, marking, state FROM %I WHERE id = $1', place)
        || CASE WHEN is_change AND TG_OP <> 'DELETE' THEN ' FOR SHARE' ELSE '' END
        INTO held USING row_now.record;
    IF held.id IS NULL THEN  -- the record is being deleted, and its exhibits with it
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'There is no such record.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF is_change AND current_setting('role') = 'limen_site' AND held.state NOT IN ('draft', 'recalled') THEN
        RAISE EXCEPTION 'What was proposed or released does not change.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.compared_with_id IS NOT NULL AND is_change AND NOT EXISTS (
        SELECT FROM exhibits_exhibit e WHERE e.id = NEW.compared_with_id AND (e.kind, e.record) = (NEW.kind, NEW.record)) THEN
        RAISE EXCEPTION 'Exhibits of one record are compared.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.owner_id := held.owner_id;
    NEW.author_id := held.author_id;
    NEW.audience_id := held.audience_id;
    IF TG_OP = 'UPDATE' THEN
        NEW.source_owner_id := OLD.source_owner_id;
        NEW.source_marking := OLD.source_marking;
        NEW.withheld := OLD.withheld;
    ELSE
        NEW.source_owner_id := NULL;
        NEW.source_marking := '';
        NEW.withheld := false;
    END IF;
    SELECT r.owner_id, r.marking, exhibits_withheld(r.id, held.owner_id, held.marking) AS withheld
        INTO source FROM reports_report r WHERE r.id = NEW.source_report;
    IF source.owner_id IS NOT NULL THEN
        NEW.source_owner_id := source.owner_id;
        NEW.source_marking := source.marking;
        NEW.withheld := source.withheld;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.source_report IS NOT NULL
        AND (source.owner_id IS NULL OR source.withheld OR source.marking = 'red') THEN
        RAISE EXCEPTION 'Nothing may be taken from this report.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER exhibits_keep BEFORE INSERT OR UPDATE OR DELETE ON exhibits_exhibit
    FOR EACH ROW EXECUTE FUNCTION exhibits_keep();

-- For the triggers of tables of records: their argument is the kind.
CREATE FUNCTION exhibits_bequeath() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE exhibits_exhibit SET audience_id = NEW.audience_id WHERE kind = TG_ARGV[0] AND record = NEW.id;
    UPDATE exhibits_original o SET audience_id = NEW.audience_id FROM exhibits_exhibit e
        WHERE e.id = o.exhibit_id AND e.kind = TG_ARGV[0] AND e.record = NEW.id;
    RETURN NULL;
END
$$;

CREATE FUNCTION exhibits_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM exhibits_original WHERE exhibit_id IN (
        SELECT id FROM exhibits_exhibit WHERE kind = TG_ARGV[0] AND record = OLD.id);
    DELETE FROM exhibits_exhibit WHERE kind = TG_ARGV[0] AND record = OLD.id;
    RETURN NULL;
END
$$;

-- A report that is recalled, or released otherwise, takes what others took from it along.
CREATE FUNCTION exhibits_follow_source() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE exhibits_exhibit SET withheld = withheld WHERE source_report = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER exhibits_follow_source AFTER UPDATE OF audience_id, state ON reports_report FOR EACH ROW
    WHEN ((NEW.audience_id, NEW.state) IS DISTINCT FROM (OLD.audience_id, OLD.state))
    EXECUTE FUNCTION exhibits_follow_source();

-- Class 0, as its record: but others see nothing of it while it is withheld, or its masks are not confirmed.
ALTER TABLE exhibits_exhibit ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON exhibits_exhibit FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1)))
           AND ((masks_confirmed AND NOT withheld) OR owner_id = (SELECT sharing_viewer_agency())));
CREATE POLICY add ON exhibits_exhibit FOR INSERT WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY change ON exhibits_exhibit FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON exhibits_exhibit FOR DELETE USING (owner_id = (SELECT sharing_viewer_agency()));

-- Class 3, of the own agency alone, whatever its record's audience: for those whose roles see it, and who uploaded it.
CREATE FUNCTION exhibits_keep_original() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT owner_id, audience_id INTO NEW.owner_id, NEW.audience_id FROM exhibits_exhibit WHERE id = NEW.exhibit_id;
    NEW.author_id := CASE WHEN TG_OP = 'UPDATE' THEN OLD.author_id ELSE coalesce(sharing_named(), NEW.author_id) END;
    RETURN NEW;
END
$$;

CREATE TRIGGER exhibits_keep_original BEFORE INSERT OR UPDATE ON exhibits_original
    FOR EACH ROW EXECUTE FUNCTION exhibits_keep_original();

ALTER TABLE exhibits_original ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON exhibits_original FOR SELECT
    USING (owner_id = (SELECT sharing_viewer_agency())
           AND (audience_id IN (SELECT unnest(sharing_audiences(8)))
                OR (author_id = (SELECT sharing_viewer()) AND audience_id IN (SELECT unnest(sharing_audiences(1))))));
CREATE POLICY add ON exhibits_original FOR INSERT WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON exhibits_original FOR DELETE USING (owner_id = (SELECT sharing_viewer_agency()));

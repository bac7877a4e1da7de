-- Row-level security of case studies, their steps and their links, and the triggers that keep the parts in step.
-- Policies ask in sub-selects, so that a statement asks once and not once a row.

CREATE TRIGGER casebook_guard BEFORE INSERT OR UPDATE OF owner_id, audience_id, marking, state ON casebook_casestudy
    FOR EACH ROW EXECUTE FUNCTION sharing_guard_record('casebook');

-- Parts inherit owner, author and audience.
CREATE FUNCTION casebook_inherit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT owner_id, author_id, audience_id INTO NEW.owner_id, NEW.author_id, NEW.audience_id
        FROM casebook_casestudy WHERE id = NEW.case_id;
    RETURN NEW;
END
$$;

CREATE FUNCTION casebook_bequeath() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE casebook_step SET audience_id = NEW.audience_id WHERE case_id = NEW.id;
    UPDATE casebook_link SET audience_id = NEW.audience_id WHERE case_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER casebook_bequeath AFTER UPDATE OF audience_id ON casebook_casestudy
    FOR EACH ROW WHEN (NEW.audience_id IS DISTINCT FROM OLD.audience_id) EXECUTE FUNCTION casebook_bequeath();

-- Whoever deletes a draft may not see all that it is linked to: its links go with it all the same.
CREATE FUNCTION casebook_unlink() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM casebook_link WHERE case_id = OLD.id;
    RETURN OLD;
END
$$;

CREATE TRIGGER casebook_unlink BEFORE DELETE ON casebook_casestudy
    FOR EACH ROW EXECUTE FUNCTION casebook_unlink();

-- Whether the viewer may open what a link leads to. Not SECURITY DEFINER: the policies of the other table answer.
CREATE FUNCTION casebook_opens(kind text, record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN CASE kind WHEN 'reports' THEN EXISTS (SELECT FROM reports_report WHERE id = record) ELSE false END;
END
$$;

ALTER TABLE casebook_casestudy ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON casebook_casestudy FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1))));
CREATE POLICY begin ON casebook_casestudy FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND author_id = (SELECT sharing_viewer()));
CREATE POLICY change ON casebook_casestudy FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON casebook_casestudy FOR DELETE
    USING (owner_id = (SELECT sharing_viewer_agency()) AND state = 'draft');

CREATE TRIGGER inherit BEFORE INSERT ON casebook_step FOR EACH ROW EXECUTE FUNCTION casebook_inherit();
ALTER TABLE casebook_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON casebook_step FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1))));
CREATE POLICY add ON casebook_step FOR INSERT WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY change ON casebook_step FOR UPDATE
    USING (owner_id = (SELECT sharing_viewer_agency())) WITH CHECK (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY discard ON casebook_step FOR DELETE USING (owner_id = (SELECT sharing_viewer_agency()));

CREATE TRIGGER inherit BEFORE INSERT ON casebook_link FOR EACH ROW EXECUTE FUNCTION casebook_inherit();
ALTER TABLE casebook_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON casebook_link FOR SELECT
    USING (audience_id IN (SELECT unnest(sharing_audiences(1))) AND casebook_opens(kind, record));
CREATE POLICY add ON casebook_link FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND casebook_opens(kind, record));
CREATE POLICY discard ON casebook_link FOR DELETE USING (owner_id = (SELECT sharing_viewer_agency()));

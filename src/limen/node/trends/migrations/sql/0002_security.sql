-- What an agency put aside, and why, is its own. It is written in one's own name, never changed, and taken back by
-- anybody of the agency whom the site lets.

ALTER TABLE trends_dismissal ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON trends_dismissal FOR SELECT USING (owner_id = (SELECT sharing_viewer_agency()));
CREATE POLICY add ON trends_dismissal FOR INSERT
    WITH CHECK (owner_id = (SELECT sharing_viewer_agency()) AND officer_id = (SELECT sharing_viewer()));
CREATE POLICY discard ON trends_dismissal FOR DELETE USING (owner_id = (SELECT sharing_viewer_agency()));

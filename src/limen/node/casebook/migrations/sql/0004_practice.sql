-- What an officer practised is that officer's alone: not the agency's, not a coordinator's, not an administrator's.
ALTER TABLE casebook_question ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON casebook_question
    USING (officer_id = (SELECT sharing_viewer())) WITH CHECK (officer_id = (SELECT sharing_viewer()));

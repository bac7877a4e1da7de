-- What an officer subscribed to tells what they work on: it is theirs alone. The worker, who is the keeper, reads all.

ALTER TABLE alerts_subscription ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON alerts_subscription USING (officer_id = (SELECT sharing_viewer()))
    WITH CHECK (officer_id = (SELECT sharing_viewer()));

ALTER TABLE alerts_owncountry ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON alerts_owncountry USING (officer_id = (SELECT sharing_viewer()))
    WITH CHECK (officer_id = (SELECT sharing_viewer()));

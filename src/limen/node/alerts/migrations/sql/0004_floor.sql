-- An alert on imminent danger that is for the community is for all of it, whatever they contribute; no other alert is.
-- `limen/node/sharing/releasing.py` (`reaching`) chooses the audience; what the keeper sets is put right here.
CREATE FUNCTION alerts_guard_floor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    target sharing_audience;
BEGIN
    SELECT * INTO STRICT target FROM sharing_audience WHERE id = NEW.audience_id;
    IF NOT target.community OR target.floor = (NEW.urgency = 3) THEN
        RETURN NEW;
    END IF;
    IF current_setting('role') = 'limen_site' THEN
        RAISE EXCEPTION 'Alerts on imminent danger, and no others, are for all.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.audience_id := alerts_floor(target, NEW.urgency = 3);
    RETURN NEW;
END
$$;

-- The same audience, as a warning of imminent danger reaches it, or as anything else does.
CREATE FUNCTION alerts_floor(target sharing_audience, warns boolean) RETURNS bigint
LANGUAGE sql SET search_path = public, pg_temp AS $$
    SELECT sharing_intern(target.owner_id, target.marking, target.community, target.agencies, target.officers,
                          target.classes, target.agreements, 'alerts', warns)
$$;

CREATE TRIGGER alerts_guard_floor BEFORE INSERT OR UPDATE OF audience_id, urgency ON alerts_alert
    FOR EACH ROW EXECUTE FUNCTION alerts_guard_floor();

-- What was proposed or released before is put right: the proposal first, since the alert follows it.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE sharing_release DISABLE TRIGGER sharing_guard_release;
UPDATE sharing_release r SET audience_id = alerts_floor(u, true)
FROM alerts_alert a, sharing_audience u
WHERE r.kind = 'alerts' AND r.record = a.id AND r.audience_id = u.id AND r.decision IN ('open', 'approved')
    AND a.urgency = 3 AND u.community AND NOT u.floor;
ALTER TABLE sharing_release ENABLE TRIGGER sharing_guard_release;
UPDATE alerts_alert a SET audience_id = a.audience_id FROM sharing_audience u
WHERE u.id = a.audience_id AND a.urgency = 3 AND u.community AND NOT u.floor;
SET CONSTRAINTS ALL DEFERRED;

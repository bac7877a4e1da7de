-- Who has not joined a plan by its end is out of it: what came of it is for those who were in it.
CREATE FUNCTION plans_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE plans_partner SET standing = 'named' WHERE plan_id = NEW.id AND standing = 'asked';
    RETURN NULL;
END
$$;
CREATE TRIGGER plans_ended AFTER UPDATE OF stage ON plans_plan
    FOR EACH ROW WHEN (NEW.stage = 'closed' AND OLD.stage = 'running') EXECUTE FUNCTION plans_ended();

-- A plan names a period and an agreement that its lead knows of: the check of a foreign key sees past row-level security,
-- and a period is read by whoever has a plan in it. Not SECURITY DEFINER: the policies of the other tables answer.
CREATE FUNCTION plans_guard_named() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.period_id IS NOT NULL AND NOT EXISTS (SELECT FROM plans_period WHERE id = NEW.period_id))
        OR (NEW.agreement_id IS NOT NULL AND NOT EXISTS (SELECT FROM sharing_agreement WHERE id = NEW.agreement_id)) THEN
        RAISE EXCEPTION 'There is no such period or agreement.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plans_guard_named BEFORE INSERT OR UPDATE OF period_id, agreement_id ON plans_plan
    FOR EACH ROW EXECUTE FUNCTION plans_guard_named();

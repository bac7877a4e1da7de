-- Links lead to alerts too; the policies of the other table answer whether the viewer may open one.
CREATE OR REPLACE FUNCTION casebook_opens(kind text, record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN CASE kind
        WHEN 'reports' THEN EXISTS (SELECT FROM reports_report WHERE id = record)
        WHEN 'alerts' THEN EXISTS (SELECT FROM alerts_alert WHERE id = record)
        ELSE false END;
END
$$;

-- A report has one route: where it began, the last transit, and where it led, each a place, or the country where no place
-- is known. They are derived from the legs and stand in the report's own row, so that routes are found and counted
-- without a join.

-- What the legs of one report say (Report.route_origin says what each is).
CREATE FUNCTION reports_route(wanted bigint) RETURNS TABLE (origin text, via text, ending text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce((array_agg(at ORDER BY position) FILTER (WHERE role = 'embarkation'))[1], ''),
           coalesce((array_agg(at ORDER BY position DESC) FILTER (WHERE role = 'transit'))[1], ''),
           coalesce((array_agg(at ORDER BY position DESC) FILTER (WHERE role = 'destination'))[1],
                    (array_agg(at ORDER BY position DESC) FILTER (WHERE role = 'final'))[1], '')
    FROM (SELECT position, role, coalesce(nullif(place, ''), country) AS at FROM reports_leg WHERE report_id = wanted) legs
    WHERE at <> ''
$$;

-- Whoever writes a report's ends, Django's save() of all fields among them, writes what the legs say.
CREATE FUNCTION reports_set_route() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT * INTO NEW.route_origin, NEW.route_via, NEW.route_end FROM reports_route(NEW.id);
    RETURN NEW;
END
$$;

-- A new report has no legs yet. The keeper may write the ends with it, and the legs at once afterwards (the demo does).
CREATE FUNCTION reports_begin_route() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') = 'limen_site' THEN
        NEW.route_origin := ''; NEW.route_via := ''; NEW.route_end := '';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER reports_begin_route BEFORE INSERT ON reports_report
    FOR EACH ROW WHEN (NEW.route_origin > '' OR NEW.route_via > '' OR NEW.route_end > '')
    EXECUTE FUNCTION reports_begin_route();
CREATE TRIGGER reports_set_route BEFORE UPDATE OF route_origin, route_via, route_end ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_set_route();

-- When legs change, so do the ends. The reports are locked first, in the order of their numbers; what the legs say is
-- read afterwards, in a statement of its own, which sees what those committed who held the locks.
CREATE FUNCTION reports_follow_legs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM reports_report WHERE id IN (SELECT report_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
    UPDATE reports_report r SET route_origin = said.origin, route_via = said.via, route_end = said.ending
        FROM (SELECT DISTINCT report_id AS id FROM changed) c CROSS JOIN LATERAL reports_route(c.id) said
        WHERE r.id = c.id AND (r.route_origin, r.route_via, r.route_end) IS DISTINCT FROM (said.origin, said.via, said.ending);
    RETURN NULL;
END
$$;

CREATE TRIGGER reports_legs_added AFTER INSERT ON reports_leg REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION reports_follow_legs();
CREATE TRIGGER reports_legs_gone AFTER DELETE ON reports_leg REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION reports_follow_legs();

-- An update may move a leg; most, as those of an audience, change nothing of a route.
CREATE FUNCTION reports_follow_moved_legs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved bigint[];
BEGIN
    SELECT array_agg(DISTINCT report_id ORDER BY report_id) INTO moved FROM (
        (SELECT id, report_id, position, role, country, place FROM was EXCEPT SELECT id, report_id, position, role, country, place FROM now)
        UNION ALL
        (SELECT id, report_id, position, role, country, place FROM now EXCEPT SELECT id, report_id, position, role, country, place FROM was)
    ) changed;
    IF moved IS NOT NULL THEN
        PERFORM FROM reports_report WHERE id = ANY (moved) ORDER BY id FOR NO KEY UPDATE;
        UPDATE reports_report r SET route_origin = said.origin, route_via = said.via, route_end = said.ending
            FROM unnest(moved) AS c(id) CROSS JOIN LATERAL reports_route(c.id) said
            WHERE r.id = c.id AND (r.route_origin, r.route_via, r.route_end) IS DISTINCT FROM (said.origin, said.via, said.ending);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER reports_legs_moved AFTER UPDATE ON reports_leg REFERENCING OLD TABLE AS was NEW TABLE AS now
    FOR EACH STATEMENT EXECUTE FUNCTION reports_follow_moved_legs();

-- The routes of what is there: the update is one pass, without the triggers.
ALTER TABLE reports_report DISABLE TRIGGER USER;
UPDATE reports_report r SET route_origin = said.origin, route_via = said.via, route_end = said.ending
    FROM (SELECT report_id,
                 coalesce((array_agg(at ORDER BY position) FILTER (WHERE role = 'embarkation'))[1], '') AS origin,
                 coalesce((array_agg(at ORDER BY position DESC) FILTER (WHERE role = 'transit'))[1], '') AS via,
                 coalesce((array_agg(at ORDER BY position DESC) FILTER (WHERE role = 'destination'))[1],
                          (array_agg(at ORDER BY position DESC) FILTER (WHERE role = 'final'))[1], '') AS ending
          FROM (SELECT report_id, position, role, coalesce(nullif(place, ''), country) AS at FROM reports_leg) legs
          WHERE at <> '' GROUP BY report_id) said
    WHERE r.id = said.report_id;
ALTER TABLE reports_report ENABLE TRIGGER USER;

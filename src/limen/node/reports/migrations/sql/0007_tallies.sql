-- What charts count, kept so that nobody waits for anybody.
--
-- reports_rollup   by audience and month, for first page, map and counts of lists: triggers append what changed, readers
--                  add up, and reports_merge() puts rows of one key together.
-- reports_tally    the community's reports (its audiences together, seen by whom reports_sees_community() says) by month
--                  or week and up to three dimensions: few rows, however many reports and audiences there are.
-- reports_moved    what is not in the tally yet: a row for each report that came or went. Readers add it to the tally;
--                  reports_settle() moves it there, alone, so that no two transactions ever wait for one row.
--
-- Statements are counted, not rows: a statement that writes 5,000 reports appends sums. Nothing here locks a row that
-- another transaction wants, so nothing here can deadlock.

DROP TRIGGER reports_keep_count ON reports_report;
DROP FUNCTION reports_keep_count();
DROP FUNCTION reports_count(reports_report, integer);

-- Whether the viewer sees what the whole community may see: the grant that sharing_intern gives it, cut to the roles.
CREATE FUNCTION reports_sees_community() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_officer o JOIN sharing_role r ON r.role = ANY (o.roles)
                   WHERE o.id = sharing_viewer() AND r."foreign" & 1 <> 0)
$$;

-- The viewer's audiences that the tally does not hold for them: all but the community's; all, where that is not seen.
CREATE FUNCTION reports_apart() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM sharing_audience
    WHERE id = ANY ((SELECT sharing_audiences(1))::bigint[]) AND NOT (community AND (SELECT reports_sees_community()))
$$;

ALTER TABLE reports_tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON reports_tally FOR SELECT USING ((SELECT reports_sees_community()));
ALTER TABLE reports_moved ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON reports_moved FOR SELECT USING ((SELECT reports_sees_community()));

-- The roll-ups of one report. 'spot' is country|place|marking|owner, 'spot_class' country|place|class of fraud, both for
-- all time, under the month 0001-01-01; a report without a place counts for its country in 'place'.
CREATE FUNCTION reports_rolled(day date, owner bigint, marking text, country text, place text, fraud_class text, issuer text, method text)
RETURNS TABLE (dimension text, month date, value text)
LANGUAGE sql IMMUTABLE AS $$
    SELECT d.dimension, coalesce(d.month, date_trunc('month', day::timestamp)::date), d.value
    FROM (VALUES ('all', NULL::date, ''), ('country', NULL, country), ('fraud_class', NULL, fraud_class),
                 ('issuer', NULL, issuer), ('method', NULL, method), ('place', NULL, coalesce(nullif(place, ''), country)),
                 ('spot', '0001-01-01', concat_ws('|', country, place, marking, owner)),
                 ('spot_class', '0001-01-01', concat_ws('|', country, place, fraud_class))) AS d(dimension, month, value)
$$;

-- Three functions, alike but for where the reports stand that came (+1) and went (-1).
DO $do$
DECLARE
    shape record;
    columns text := 'detected_on, issuer, category, fraud_class, method, detection_country, place, setting, '
        'nationality_claimed, nationality_established, outcome, sex, age_band, facilitated, route_origin, route_via, route_end';
BEGIN
    FOR shape IN SELECT * FROM (VALUES
        ('added', 'SELECT 1 AS step, * FROM now', 'EXISTS (SELECT FROM now WHERE state = ''released'')'),
        ('changed', 'SELECT -1 AS step, * FROM was UNION ALL SELECT 1, * FROM now',
         'EXISTS (SELECT FROM was WHERE state = ''released'') OR EXISTS (SELECT FROM now WHERE state = ''released'')'),
        ('deleted', 'SELECT -1 AS step, * FROM was', 'EXISTS (SELECT FROM was WHERE state = ''released'')')
    ) AS s(name, moved, any_released)
    LOOP
        EXECUTE format($function$
            CREATE FUNCTION reports_count_%1$s() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
            BEGIN
                IF %3$s THEN
                    INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
                        SELECT r.audience_id, d.month, d.dimension, d.value, sum(r.step)
                        FROM (%2$s) r CROSS JOIN LATERAL reports_rolled(r.detected_on, r.owner_id, r.marking,
                            r.detection_country, r.place, r.fraud_class, r.issuer, r.method) d
                        WHERE r.state = 'released' GROUP BY 1, 2, 3, 4 HAVING sum(r.step) <> 0;
                    INSERT INTO reports_moved (step, %4$s)
                        SELECT sum(step), %4$s FROM (%2$s) r
                        WHERE state = 'released' AND audience_id IN (SELECT id FROM sharing_audience WHERE community)
                        GROUP BY %4$s HAVING sum(step) <> 0;
                END IF;
                RETURN NULL;
            END
            $body$
        $function$, shape.name, shape.moved, shape.any_released, columns);
    END LOOP;
END
$do$;

CREATE TRIGGER reports_count_added AFTER INSERT ON reports_report REFERENCING NEW TABLE AS now
    FOR EACH STATEMENT EXECUTE FUNCTION reports_count_added();
CREATE TRIGGER reports_count_changed AFTER UPDATE ON reports_report REFERENCING OLD TABLE AS was NEW TABLE AS now
    FOR EACH STATEMENT EXECUTE FUNCTION reports_count_changed();
CREATE TRIGGER reports_count_deleted AFTER DELETE ON reports_report REFERENCING OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION reports_count_deleted();

-- What is tallied: month or week, and the dimensions; of a pair the first stands in `part`. 'route' is three, the first
-- in `part`, the others in `value` with > between. (limen/node/trends/counting/tallies.py says the same.)
CREATE FUNCTION reports_tally_sets() RETURNS TABLE (dimension text, grain text, part text, value text)
LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws(' ', grain, nullif(dims, '')), grain,
           CASE WHEN dims = 'route' THEN 'route_from' WHEN dims LIKE '% %' THEN split_part(dims, ' ', 1) ELSE '' END,
           CASE WHEN dims = 'route' THEN 'via>to' WHEN dims LIKE '% %' THEN split_part(dims, ' ', 2) ELSE dims END
    FROM (
        SELECT grain, dims FROM unnest(ARRAY['month', 'week']) grain CROSS JOIN unnest(ARRAY[
            '', 'issuer', 'category', 'fraud_class', 'method', 'country', 'place', 'setting', 'nationality',
            'nationality_established', 'outcome', 'sex', 'age_band', 'facilitated', 'route_from', 'route_via', 'route_to',
            'issuer category', 'issuer fraud_class', 'issuer method', 'issuer country', 'issuer place',
            'fraud_class method', 'fraud_class country', 'fraud_class place', 'method country', 'method place',
            'country place']) dims
        UNION ALL
        SELECT 'month', dims FROM unnest(ARRAY[
            'category fraud_class', 'category method', 'category country', 'category place',
            'issuer setting', 'issuer outcome', 'issuer nationality', 'country setting', 'country outcome',
            'country nationality', 'issuer route_from', 'issuer route_via', 'issuer route_to', 'route']) dims
    ) sets
$$;

CREATE FUNCTION reports_tally_column(dim text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE dim WHEN '' THEN '''''' WHEN 'country' THEN 'detection_country' WHEN 'nationality' THEN 'nationality_claimed'
        WHEN 'place' THEN 'coalesce(nullif(place, ''''), detection_country)'
        WHEN 'route_from' THEN 'route_origin' WHEN 'route_to' THEN 'route_end'
        WHEN 'via>to' THEN 'route_via || ''>'' || route_end' ELSE dim END
$$;

-- Tally what moved, or, anew, every report; give how many rows that were. One at a time: a second one waits for nothing
-- and leaves it to the first, but for a recount, which waits. What moved, and what is there, is read in one statement.
CREATE FUNCTION reports_settle(anew boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp SET client_min_messages = warning AS $$
DECLARE
    each record;
    found bigint;
BEGIN
    IF anew THEN
        PERFORM pg_advisory_xact_lock(hashtext('limen.reports.settle'));
    ELSIF NOT EXISTS (SELECT FROM reports_moved) OR NOT pg_try_advisory_xact_lock(hashtext('limen.reports.settle')) THEN
        RETURN 0;
    END IF;
    CREATE TEMP TABLE IF NOT EXISTS settling (LIKE reports_moved) ON COMMIT DROP;
    TRUNCATE pg_temp.settling;
    IF anew THEN
        WITH moved AS (DELETE FROM reports_moved), tally AS (DELETE FROM reports_tally)
        INSERT INTO pg_temp.settling (id, step, detected_on, issuer, category, fraud_class, method, detection_country, place,
            setting, nationality_claimed, nationality_established, outcome, sex, age_band, facilitated, route_origin,
            route_via, route_end)
        SELECT 0, 1, detected_on, issuer, category, fraud_class, method, detection_country, place, setting,
            nationality_claimed, nationality_established, outcome, sex, age_band, facilitated, route_origin, route_via,
            route_end
        FROM reports_report
        WHERE state = 'released' AND audience_id IN (SELECT id FROM sharing_audience WHERE community);
    ELSE
        WITH moved AS (DELETE FROM reports_moved RETURNING *) INSERT INTO pg_temp.settling SELECT * FROM moved;
    END IF;
    GET DIAGNOSTICS found = ROW_COUNT;
    FOR each IN SELECT * FROM reports_tally_sets() LOOP
        EXECUTE format($q$
            INSERT INTO reports_tally (dimension, period, part, value, n)
            SELECT %L, date_trunc(%L, detected_on::timestamp)::date, %s, %s, sum(step)
            FROM pg_temp.settling %s GROUP BY 2, 3, 4 HAVING sum(step) <> 0 ORDER BY 2, 3, 4
            ON CONFLICT (dimension, period, part, value) DO UPDATE SET n = reports_tally.n + EXCLUDED.n
        $q$, each.dimension, each.grain, reports_tally_column(each.part), reports_tally_column(each.value),
            CASE WHEN each.dimension = 'month route' THEN $w$WHERE route_origin <> '' AND route_end <> ''$w$ ELSE '' END);
    END LOOP;
    RETURN found;
END
$$;

-- Put roll-ups of one key together. What others append meanwhile stays beside.
CREATE FUNCTION reports_merge() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF pg_try_advisory_xact_lock(hashtext('limen.reports.merge')) THEN
        WITH gone AS (
            DELETE FROM reports_rollup r USING (
                SELECT audience_id, dimension, month, value FROM reports_rollup GROUP BY 1, 2, 3, 4
                HAVING count(*) > 1 OR sum(n) = 0) d
            WHERE (r.audience_id, r.dimension, r.month, r.value) = (d.audience_id, d.dimension, d.month, d.value)
            RETURNING r.audience_id, r.dimension, r.month, r.value, r.n)
        INSERT INTO reports_rollup (audience_id, dimension, month, value, n)
            SELECT audience_id, dimension, month, value, sum(n) FROM gone GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0;
    END IF;
END
$$;

-- Count roll-ups anew from the reports: what is deleted and what is read is of one moment.
CREATE FUNCTION reports_recount() RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    WITH gone AS (DELETE FROM reports_rollup)
    INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
    SELECT r.audience_id, d.month, d.dimension, d.value, count(*)
    FROM reports_report r CROSS JOIN LATERAL reports_rolled(r.detected_on, r.owner_id, r.marking, r.detection_country,
        r.place, r.fraud_class, r.issuer, r.method) d
    WHERE r.state = 'released' GROUP BY 1, 2, 3, 4
$$;

REVOKE EXECUTE ON FUNCTION reports_settle(boolean), reports_merge(), reports_recount() FROM PUBLIC;

-- What was counted before.
SELECT reports_settle(true);

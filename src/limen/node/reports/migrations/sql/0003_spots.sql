-- A report without a place counts for its country in the dimension 'place' (codes of places have five letters, those of
-- countries three), and 'spot' holds the same for all time, under the month 0001-01-01, so that the map of everything
-- reads a row for each place and audience. Not part of 'all': whoever sums over months names another dimension.
CREATE OR REPLACE FUNCTION reports_count(r reports_report, step integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
    SELECT r.audience_id, coalesce(d.month, date_trunc('month', r.detected_on)::date), d.dimension, d.value, step
    FROM (VALUES ('all', '', NULL::date), ('country', r.detection_country, NULL), ('fraud_class', r.fraud_class, NULL),
                 ('issuer', r.issuer, NULL), ('method', r.method, NULL),
                 ('place', coalesce(nullif(r.place, ''), r.detection_country), NULL),
                 ('spot', coalesce(nullif(r.place, ''), r.detection_country), '0001-01-01')) AS d(dimension, value, month)
    WHERE r.state = 'released'
    ON CONFLICT (audience_id, dimension, month, value) DO UPDATE SET n = reports_rollup.n + EXCLUDED.n
$$;

-- What was counted before.
DELETE FROM reports_rollup WHERE dimension IN ('place', 'spot');
INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
    SELECT audience_id, date_trunc('month', detected_on)::date, 'place', coalesce(nullif(place, ''), detection_country), count(*)
    FROM reports_report WHERE state = 'released' GROUP BY 1, 2, 4;
INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
    SELECT audience_id, '0001-01-01', 'spot', value, sum(n) FROM reports_rollup WHERE dimension = 'place' GROUP BY 1, 4;

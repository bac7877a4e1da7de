-- What the map of everything reads, for all time, under the month 0001-01-01 (whoever sums over months names another
-- dimension): 'spot' is country|place|marking|owner, of which marking and owner come free, since an audience has one of
-- each; 'spot_class' is country|place|class of fraud. Either has at most one row for each place, class and audience.
CREATE OR REPLACE FUNCTION reports_count(r reports_report, step integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
    SELECT r.audience_id, coalesce(d.month, date_trunc('month', r.detected_on)::date), d.dimension, d.value, step
    FROM (VALUES ('all', '', NULL::date), ('country', r.detection_country, NULL), ('fraud_class', r.fraud_class, NULL),
                 ('issuer', r.issuer, NULL), ('method', r.method, NULL),
                 ('place', coalesce(nullif(r.place, ''), r.detection_country), NULL),
                 ('spot', concat_ws('|', r.detection_country, r.place, r.marking, r.owner_id), '0001-01-01'),
                 ('spot_class', concat_ws('|', r.detection_country, r.place, r.fraud_class), '0001-01-01')
         ) AS d(dimension, value, month)
    WHERE r.state = 'released'
    ON CONFLICT (audience_id, dimension, month, value) DO UPDATE SET n = reports_rollup.n + EXCLUDED.n
$$;

-- What was counted before.
DELETE FROM reports_rollup WHERE dimension IN ('spot', 'spot_class');
INSERT INTO reports_rollup (audience_id, month, dimension, value, n)
    SELECT audience_id, date '0001-01-01', 'spot', concat_ws('|', detection_country, place, marking, owner_id), count(*)
    FROM reports_report WHERE state = 'released' GROUP BY 1, 4
    UNION ALL
    SELECT audience_id, date '0001-01-01', 'spot_class', concat_ws('|', detection_country, place, fraud_class), count(*)
    FROM reports_report WHERE state = 'released' GROUP BY 1, 4;

-- One core indicator for each outcome; the state has published them all.
SELECT *, 'core' AS role, 'up' AS good_direction, 'annual' AS frequency, 120 AS usual_lag_days, TRUE AS already_public,
       'Kentucky Department of Education' AS source, DATE '2012-01-01' AS valid_from,
       NULL AS baseline, NULL AS baseline_period, NULL AS target, NULL AS target_year
FROM (VALUES
  ('grade-3-reading', 'early-grade-reading', 'Third graders proficient or distinguished in reading', 'percent',
   'third graders tested', 'Share of third graders tested who scored proficient or distinguished in reading (K-PREP).'),
  ('graduation-4yr', 'graduation', 'Four-year graduation rate', 'percent',
   'students', 'Share of the four-year adjusted cohort that graduated with a regular diploma.'),
  ('college-career-ready', 'college-career-readiness', 'Graduates ready for college or a career', 'percent',
   'graduates', 'Share of graduates who met a college or a career benchmark of the state.'),
  ('act-composite', 'college-entrance', 'ACT composite score of juniors', 'score',
   'juniors tested', 'Mean ACT composite score of all juniors tested.')
) AS listed(indicator_id, outcome_id, name, unit, universe, definition)

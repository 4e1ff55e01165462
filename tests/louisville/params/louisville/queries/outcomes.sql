-- The outcomes that the public files can speak to.
SELECT *, 'in_force' AS status, DATE '2012-01-01' AS valid_from
FROM (VALUES
  ('early-grade-reading', 'Early-grade reading', 'elementary', 1,
   'Children who read well by the end of third grade can use reading to learn everything else.'),
  ('graduation', 'High-school graduation', 'high_school', 2,
   'A diploma opens the door to training, college and most jobs that support a family.'),
  ('college-career-readiness', 'College and career readiness', 'high_school', 3,
   'Graduates who are ready need no remedial courses before they can go on.'),
  ('college-entrance', 'College entrance exam', 'high_school', 4,
   'All Kentucky juniors sit the ACT, so it compares every high school with the same test.')
) AS listed(outcome_id, name, stage, "order", why_it_matters)

-- Where a series starts anew, why, and who says so. Values on both sides of a break are never compared.
SELECT *
FROM (VALUES
  ('grade-3-reading', DATE '2011-07-01', DATE '2012-01-01',
   'New state test, K-PREP (Kentucky Department of Education, after Senate Bill 1 of 2009)'),
  ('grade-8-math', DATE '2011-07-01', DATE '2012-01-01',
   'New state test, K-PREP (Kentucky Department of Education, after Senate Bill 1 of 2009)'),
  ('kindergarten-ready', DATE '2013-07-01', DATE '2013-07-01',
   'First year in which all districts gave the common screener, fall 2013 (Kentucky Department of Education)'),
  ('college-career-ready', DATE '2017-07-01', DATE '2018-09-14',
   'Transition readiness replaced it, with other benchmarks (703 KAR 5:270)'),
  ('preschool-enrolled', DATE '2005-01-01', DATE '2012-01-01',
   'The American Community Survey replaced the census long form (Census Bureau)'),
  ('disconnected-youth', DATE '2005-01-01', DATE '2012-01-01',
   'The American Community Survey replaced the census long form (Census Bureau)'),
  ('disconnected-youth', DATE '2006-01-01', DATE '2012-01-01',
   'People in dormitories, shelters and jails are asked too (Census Bureau, ACS group quarters)'),
  ('disconnected-youth', DATE '2008-01-01', DATE '2012-01-01',
   'New questions about work find more people with a job (Census Bureau, ACS)')
) AS listed(indicator_id, starts_on, announced_on, reason)

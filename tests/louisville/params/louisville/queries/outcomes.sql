-- The outcomes that the public files can speak to, from cradle to career.
SELECT *, 'in_force' AS status, DATE '2012-01-01' AS valid_from
FROM (VALUES
  ('healthy-births', 'Healthy births', 'early_childhood', 1,
   'Babies born very small are more often ill, and more often need help when they come to school.'),
  ('preschool', 'Preschool', 'early_childhood', 2,
   'Children who come to school used to books, numbers and other children start level with the rest.'),
  ('kindergarten-readiness', 'Kindergarten readiness', 'early_childhood', 3,
   'Children who are ready on the first day learn to read sooner.'),
  ('early-grade-reading', 'Early-grade reading', 'elementary', 4,
   'Children who read well by the end of third grade can use reading to learn everything else.'),
  ('middle-grade-math', 'Middle-grade math', 'middle', 5,
   'Math in eighth grade decides which courses are open in high school.'),
  ('college-entrance', 'College entrance exam', 'high_school', 6,
   'All Kentucky juniors sit the ACT, so it compares every high school with the same test.'),
  ('college-career-readiness', 'College and career readiness', 'high_school', 7,
   'Graduates who are ready need no remedial courses before they can go on.'),
  ('graduation', 'High-school graduation', 'high_school', 8,
   'A diploma opens the door to training, college and most jobs that support a family.'),
  ('connected-youth', 'Youth in school or at work', 'career', 9,
   'Young people who neither learn nor work lose years that are hard to win back.')
) AS listed(outcome_id, name, stage, "order", why_it_matters)

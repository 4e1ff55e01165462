-- The state's student groups. "English Learners" were called "Limited English Proficiency" before 2015-16.
SELECT subgroup_type, subgroup, name, type_name, NULL AS "order"
FROM (VALUES
  ('all', 'all', 'All students', 'All students'),
  ('sex', 'female', 'Girls', 'Sex'),
  ('sex', 'male', 'Boys', 'Sex'),
  ('race_ethnicity', 'african_american', 'African American', 'Race and ethnicity'),
  ('race_ethnicity', 'american_indian', 'American Indian or Alaska Native', 'Race and ethnicity'),
  ('race_ethnicity', 'asian', 'Asian', 'Race and ethnicity'),
  ('race_ethnicity', 'hispanic', 'Hispanic', 'Race and ethnicity'),
  ('race_ethnicity', 'pacific_islander', 'Native Hawaiian or Other Pacific Islander', 'Race and ethnicity'),
  ('race_ethnicity', 'two_or_more', 'Two or more races', 'Race and ethnicity'),
  ('race_ethnicity', 'white', 'White (non-Hispanic)', 'Race and ethnicity'),
  ('lunch', 'free_reduced', 'Free or reduced-price meals', 'Family income'),
  ('language', 'english_learner', 'English learners', 'Language'),
  ('disability', 'iep', 'With an individual education program', 'Disability'),
  ('disability', 'iep_alternate', 'Alternate assessment only', 'Disability'),
  ('disability', 'iep_accommodation', 'With accommodation', 'Disability'),
  ('disability', 'iep_not_alternate', 'With a program, without alternate assessment', 'Disability'),
  ('other', 'migrant', 'Migrant', 'Other groups'),
  ('other', 'homeless', 'Homeless', 'Other groups'),
  ('other', 'gifted', 'Gifted and talented', 'Other groups'),
  ('other', 'gap', 'Gap group', 'Other groups')
) AS listed(subgroup_type, subgroup, name, type_name)

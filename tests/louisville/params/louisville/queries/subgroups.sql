-- Groups of the state and of the Census Bureau under one code list. Only groups that are shares of the same whole stand
-- under one subgroup_type, as gaps are looked for within a type: a difference between gifted and homeless students, or
-- between all students with a program and some of them, would be none.
-- "English Learners" were called "Limited English Proficiency" before 2015-16.
SELECT subgroup_type, subgroup, name, type_name, NULL AS "order"
FROM (VALUES
  ('all', 'all', 'All', 'All'),
  ('sex', 'female', 'Female', 'Sex'),
  ('sex', 'male', 'Male', 'Sex'),
  ('race_ethnicity', 'african_american', 'African American', 'Race and ethnicity'),
  ('race_ethnicity', 'american_indian', 'American Indian or Alaska Native', 'Race and ethnicity'),
  ('race_ethnicity', 'asian', 'Asian', 'Race and ethnicity'),
  ('race_ethnicity', 'hispanic', 'Hispanic', 'Race and ethnicity'),
  ('race_ethnicity', 'pacific_islander', 'Native Hawaiian or Other Pacific Islander', 'Race and ethnicity'),
  ('race_ethnicity', 'two_or_more', 'Two or more races', 'Race and ethnicity'),
  ('race_ethnicity', 'other_race', 'All other races', 'Race and ethnicity'),
  ('race_ethnicity', 'white', 'White (non-Hispanic)', 'Race and ethnicity'),
  ('lunch', 'free_reduced', 'Free or reduced-price meals', 'Family income'),
  ('lunch', 'full_price', 'Full-price meals', 'Family income'),
  ('prior_setting', 'child_care', 'Child care', 'Where children were before'),
  ('prior_setting', 'head_start', 'Head Start', 'Where children were before'),
  ('prior_setting', 'home', 'At home', 'Where children were before'),
  ('prior_setting', 'state_funded', 'State-funded preschool', 'Where children were before'),
  ('prior_setting', 'other_setting', 'Other', 'Where children were before'),
  ('language', 'english_learner', 'English learners', 'Language'),
  ('disability', 'iep', 'With an individual education program', 'Disability'),
  ('alternate_test', 'iep_alternate', 'Alternate assessment only', 'Disability'),
  ('accommodation', 'iep_accommodation', 'With accommodation', 'Disability'),
  ('standard_test', 'iep_not_alternate', 'With a program, without alternate assessment', 'Disability'),
  ('migrant', 'migrant', 'Migrant', 'Other groups'),
  ('homeless', 'homeless', 'Homeless', 'Other groups'),
  ('gifted', 'gifted', 'Gifted and talented', 'Other groups'),
  ('gap', 'gap', 'Gap group', 'Other groups')
) AS listed(subgroup_type, subgroup, name, type_name)

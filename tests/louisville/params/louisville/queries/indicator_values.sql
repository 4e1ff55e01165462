-- Every district and the state, every student group. A blank is a value that the state withholds.
WITH groups(student_group, subgroup_type, subgroup) AS (
  VALUES
    ('All Students', 'all', 'all'),
    ('Female', 'sex', 'female'),
    ('Male', 'sex', 'male'),
    ('African American', 'race_ethnicity', 'african_american'),
    ('American Indian or Alaska Native', 'race_ethnicity', 'american_indian'),
    ('Asian', 'race_ethnicity', 'asian'),
    ('Hispanic', 'race_ethnicity', 'hispanic'),
    ('Native Hawaiian or Other Pacific Islander', 'race_ethnicity', 'pacific_islander'),
    ('Two or more races', 'race_ethnicity', 'two_or_more'),
    ('White (Non-Hispanic)', 'race_ethnicity', 'white'),
    ('Free/Reduced-Price Meals', 'lunch', 'free_reduced'),
    ('English Learners', 'language', 'english_learner'),
    ('Limited English Proficiency', 'language', 'english_learner'),
    ('Disability-With IEP (Total)', 'disability', 'iep'),
    ('Disability-Alternate Only', 'disability', 'iep_alternate'),
    ('Disability-With Accommodation (not including Alternate)', 'disability', 'iep_accommodation'),
    ('Disability-With IEP (not including Alternate)', 'disability', 'iep_not_alternate'),
    ('Migrant', 'other', 'migrant'),
    ('Homeless', 'other', 'homeless'),
    ('Gifted/Talented', 'other', 'gifted'),
    ('GAP', 'other', 'gap'),
    ('Gap Group (non-duplicated)', 'other', 'gap')
),
incoming AS (
  SELECT 'graduation-4yr' AS indicator_id, sch_id, year, student_group,
         NULL::BIGINT AS numerator, NULL::BIGINT AS denominator, 100 * grad_rate::DOUBLE AS value
  FROM read_csv('{ky}/graduation_4yr_cohort.csv.gz', all_varchar = true)
  UNION ALL
  SELECT 'grade-3-reading', sch_id, year, student_group,
         NULL, n_tested::DOUBLE::BIGINT, 100 * prof_dist_pct::DOUBLE
  FROM read_csv('{ky}/kprep_grades_3_4_8.csv.gz', all_varchar = true)
  WHERE grade = '3' AND subject = 'Reading'
  UNION ALL
  SELECT 'college-career-ready', sch_id, year, student_group,
         CASE WHEN ccr_total::DOUBLE <= n_grads::DOUBLE THEN ccr_total::DOUBLE::BIGINT END, n_grads::DOUBLE::BIGINT, 100 * ccr_pct::DOUBLE
  FROM read_csv('{ky}/college_career_ready.csv.gz', all_varchar = true)
  UNION ALL
  SELECT 'act-composite', sch_id, year, student_group, NULL, act_n_tested::DOUBLE::BIGINT, act_comp_mean::DOUBLE
  FROM read_csv('{ky}/act.csv.gz', all_varchar = true)
)
SELECT indicator_id,
       make_date(left(year, 4)::INTEGER, 7, 1) AS period_start,
       make_date(right(year, 4)::INTEGER, 6, 30) AS period_end,
       CASE sch_id WHEN '999' THEN 'kentucky' ELSE 'ky-' || sch_id END AS place_id,
       subgroup_type, subgroup,
       CASE WHEN value IS NOT NULL AND denominator IS NOT NULL THEN numerator END AS numerator,
       CASE WHEN value IS NOT NULL THEN denominator END AS denominator,
       round(value, 4) AS value,
       NULL AS interval_low, NULL AS interval_high, NULL AS confidence,
       CASE WHEN value IS NULL THEN 'suppressed_at_source' ELSE 'reported' END AS value_status,
       NULL AS low, NULL AS high,
       make_date(right(year, 4)::INTEGER, 10, 1) AS released_on,
       'Kentucky Department of Education, school report card' AS source_key
FROM incoming JOIN groups USING (student_group)
WHERE sch_id <> '909'
ORDER BY ALL

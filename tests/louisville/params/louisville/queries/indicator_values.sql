-- Values of three kinds: with counts, with the survey's 90 percent margin of error, and with neither.
-- A blank of the state is a value that it withholds. Years of schools are named by the year in which they end.
WITH
state_groups(student_group, subgroup_type, subgroup) AS (
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
    ('Disability-Alternate Only', 'alternate_test', 'iep_alternate'),
    ('Disability-With Accommodation (not including Alternate)', 'accommodation', 'iep_accommodation'),
    ('Disability-With IEP (not including Alternate)', 'standard_test', 'iep_not_alternate'),
    ('Migrant', 'migrant', 'migrant'),
    ('Homeless', 'homeless', 'homeless'),
    ('Gifted/Talented', 'gifted', 'gifted'),
    ('GAP', 'gap', 'gap'),
    ('Gap Group (non-duplicated)', 'gap', 'gap')
),
-- Of the tables that cross sex, race and others, only rows that differ from everyone in one way.
-- What was before kindergarten "unknown" is no group of children that anybody could turn to: left out.
peer_groups(race, sex, frl, setting, subgroup_type, subgroup) AS (
  VALUES
    ('total', 'total', 'total', 'All Students', 'all', 'all'),
    ('total', 'female', 'total', 'All Students', 'sex', 'female'),
    ('total', 'male', 'total', 'All Students', 'sex', 'male'),
    ('asian', 'total', 'total', 'All Students', 'race_ethnicity', 'asian'),
    ('black', 'total', 'total', 'All Students', 'race_ethnicity', 'african_american'),
    ('hispanic', 'total', 'total', 'All Students', 'race_ethnicity', 'hispanic'),
    ('other', 'total', 'total', 'All Students', 'race_ethnicity', 'other_race'),
    ('white', 'total', 'total', 'All Students', 'race_ethnicity', 'white'),
    ('total', 'total', 'frl', 'All Students', 'lunch', 'free_reduced'),
    ('total', 'total', 'nonfrl', 'All Students', 'lunch', 'full_price'),
    ('total', 'total', 'total', 'Child Care', 'prior_setting', 'child_care'),
    ('total', 'total', 'total', 'Head Start', 'prior_setting', 'head_start'),
    ('total', 'total', 'total', 'Home', 'prior_setting', 'home'),
    ('total', 'total', 'total', 'State Funded', 'prior_setting', 'state_funded'),
    ('total', 'total', 'total', 'Other', 'prior_setting', 'other_setting')
),
-- State report cards, 2012 to 2017: every district.
report_cards AS (
  SELECT 'graduation-4yr' AS indicator_id, sch_id, year, student_group,
         NULL::BIGINT AS numerator, NULL::BIGINT AS denominator, 100 * grad_rate::DOUBLE AS value
  FROM read_csv('{ky}/graduation_4yr_cohort.csv.gz', all_varchar = true)
  UNION ALL
  SELECT CASE subject WHEN 'Reading' THEN 'grade-3-reading' ELSE 'grade-8-math' END, sch_id, year, student_group,
         NULL, n_tested::DOUBLE::BIGINT, 100 * prof_dist_pct::DOUBLE
  FROM read_csv('{ky}/kprep_grades_3_4_8.csv.gz', all_varchar = true)
  WHERE (grade, subject) IN (('3', 'Reading'), ('8', 'Mathematics'))
  UNION ALL
  SELECT 'college-career-ready', sch_id, year, student_group,
         CASE WHEN ccr_total::DOUBLE <= n_grads::DOUBLE THEN ccr_total::DOUBLE::BIGINT END,
         n_grads::DOUBLE::BIGINT, 100 * ccr_pct::DOUBLE
  FROM read_csv('{ky}/college_career_ready.csv.gz', all_varchar = true)
  UNION ALL
  SELECT 'act-composite', sch_id, year, student_group, NULL, act_n_tested::DOUBLE::BIGINT, act_comp_mean::DOUBLE
  FROM read_csv('{ky}/act.csv.gz', all_varchar = true)
),
-- As the state first said it (press of the day), before it corrected itself; the files above hold the corrected
-- figures. The day of the correction is not known: taken to be the next year's release.
first_said(indicator_id, sch_id, year, student_group, value) AS (
  VALUES
    ('graduation-4yr', '999', '2013-2014', 'All Students', 87.4),
    ('college-career-ready', '999', '2013-2014', 'All Students', 62.3),
    ('graduation-4yr', '999', '2014-2015', 'All Students', 87.9),
    ('college-career-ready', '999', '2014-2015', 'All Students', 66.8),
    ('graduation-4yr', '134', '2012-2013', 'All Students', 80.6)
),
of_schools AS (
  SELECT indicator_id, right(year, 4)::INTEGER AS year,
         CASE sch_id WHEN '999' THEN 'kentucky' WHEN '275' THEN 'jefferson' ELSE 'ky-' || sch_id END AS place_id,
         subgroup_type, subgroup, numerator, denominator, report_cards.value,
         make_date(right(year, 4)::INTEGER + CASE WHEN first_said.value IS NULL THEN 0 ELSE 1 END, 10, 1) AS released_on
  FROM report_cards JOIN state_groups USING (student_group)
  LEFT JOIN first_said USING (indicator_id, sch_id, year, student_group)
  WHERE sch_id <> '909'
  UNION ALL
  -- The years after those files end: Louisville's district only, and without counts.
  SELECT indicator_id, year, 'jefferson', subgroup_type, subgroup, NULL, NULL, value, make_date(year, 10, 1)
  FROM (
    SELECT 'graduation-4yr' AS indicator_id, variable, year::DOUBLE::INTEGER AS year, race, sex, frl_status AS frl,
           graduation::DOUBLE AS value
    FROM read_csv('{peers}/graduation_ky.csv.gz', all_varchar = true)
    UNION ALL
    SELECT 'college-career-ready', variable, year::DOUBLE::INTEGER, race, sex, frl_status, ccr::DOUBLE
    FROM read_csv('{peers}/ccr_ky.csv.gz', all_varchar = true)
    UNION ALL
    SELECT 'act-composite', variable, year::DOUBLE::INTEGER, race, sex, frl_status, act_composite::DOUBLE
    FROM read_csv('{peers}/act_ky.csv.gz', all_varchar = true)
  ) AS later JOIN peer_groups USING (race, sex, frl)
  WHERE variable = 'lou' AND year >= 2018 AND setting = 'All Students' AND subgroup <> 'full_price'
  UNION ALL
  SELECT indicator_id, right(year, 4)::INTEGER, CASE sch_id WHEN '999' THEN 'kentucky' ELSE 'ky-' || sch_id END,
         'all', 'all', NULL, NULL, value, make_date(right(year, 4)::INTEGER, 10, 1)
  FROM first_said
  UNION ALL
  -- The screener of the fall, out by the end of that year.
  SELECT 'kindergarten-ready', year::DOUBLE::INTEGER, 'jefferson', subgroup_type, subgroup, NULL, NULL,
         kready::DOUBLE, make_date(year::DOUBLE::INTEGER - 1, 12, 15)
  FROM read_csv('{peers}/kready_ky.csv.gz', all_varchar = true) AS screen
  JOIN peer_groups ON peer_groups.race = screen.race AND peer_groups.sex = screen.sex
    AND frl = frl_status AND setting = prior_setting
  WHERE variable = 'lou'
),
-- Counts of the birth certificates: percent = count over births. CDC WONDER gives no count under 10.
births AS (
  SELECT FIPS, year::DOUBLE::INTEGER AS year, race, sex,
         max(underweight_births::DOUBLE) FILTER (var_type = 'estimate') AS numerator,
         max(underweight_births::DOUBLE) FILTER (var_type = 'population') AS denominator
  FROM read_csv('{peers}/natality_county.csv.gz', all_varchar = true)
  GROUP BY ALL
),
-- Of the two ACS series in one file the one-year estimates; those of five years share their interviews with their
-- neighbors. They stand below in the file; the pair of an estimate and its margin is the same one in each.
enrolled AS (
  SELECT CASE WHEN FIPS IN ('29189', '29510') THEN 'MERGED' ELSE FIPS END AS FIPS, year, sex, in_school,
         est_moe, value, variable
  FROM (
    SELECT FIPS, year::DOUBLE::INTEGER AS year, sex, in_school = 'True' AS in_school, est_moe, value::DOUBLE AS value,
           left(variable, 10) AS variable,
           row_number() OVER (PARTITION BY FIPS, year, variable ORDER BY line) AS series
    FROM (SELECT *, row_number() OVER () AS line FROM read_csv('{peers}/preschool_county.csv.gz', all_varchar = true))
  )
  WHERE series = 1
),
by_sex AS (
  SELECT FIPS, year, coalesce(sex, 'total') AS sex,
         sum(value) FILTER (in_school AND est_moe = 'estimate') AS part,
         sum(value) FILTER (est_moe = 'estimate') AS whole,
         -- the margin of a sum: the root of the sum of squares (Census Bureau, ACS General Handbook 2020, chapter 8)
         sqrt(sum(value ** 2) FILTER (in_school AND est_moe = 'MOE')) AS part_moe,
         sqrt(sum(value ** 2) FILTER (est_moe = 'MOE')) AS whole_moe
  FROM enrolled
  GROUP BY GROUPING SETS ((FIPS, year, sex), (FIPS, year))
),
of_counties AS (
  SELECT 'low-birthweight' AS indicator_id, FIPS, year, race, sex, numerator::BIGINT AS numerator,
         denominator::BIGINT AS denominator, 100 * numerator / denominator AS value, NULL::DOUBLE AS moe,
         make_date(year + 1, 10, 1) AS released_on, 'CDC WONDER, natality' AS source_key,
         CASE WHEN numerator IS NULL THEN 'suppressed_at_source' ELSE 'reported' END AS value_status
  FROM births
  UNION ALL
  -- The margin of a share of a whole that is itself estimated; a ratio's where the root would be of less than nothing.
  SELECT 'preschool-enrolled', FIPS, year, 'total', sex, NULL, whole::BIGINT, 100 * part / whole,
         100 / whole * sqrt(CASE WHEN part_moe ** 2 >= (part / whole * whole_moe) ** 2
                                 THEN part_moe ** 2 - (part / whole * whole_moe) ** 2
                                 ELSE part_moe ** 2 + (part / whole * whole_moe) ** 2 END),
         make_date(year + 1, 9, 20), 'ACS 1-year, B14003 (2000: census, PCT023)', 'reported'
  FROM by_sex
  UNION ALL
  -- The publisher's 90 percent margin, in points. A nought without a margin says that the sample held nobody: no data.
  SELECT 'disconnected-youth', FIPS, year, race, sex, NULL, population::BIGINT, percent, moe,
         make_date(year + 1, 10, 31), 'ACS 1-year microdata (2000: census)',
         CASE WHEN percent IS NULL OR (moe IS NULL AND percent = 0) THEN 'missing' ELSE 'reported' END
  FROM (
    SELECT FIPS, year::DOUBLE::INTEGER AS year, race, sex,
           max(disconnected::DOUBLE) FILTER (var_type = 'percent') AS percent,
           max(disconnected::DOUBLE) FILTER (var_type = 'CI') AS moe,
           max(disconnected::DOUBLE) FILTER (var_type = 'population') AS population
    FROM read_csv('{peers}/disconnected_county.csv.gz', all_varchar = true)
    GROUP BY ALL
  )
)
SELECT indicator_id,
       make_date(year - 1, 7, 1) AS period_start, make_date(year, 6, 30) AS period_end, place_id,
       subgroup_type, subgroup,
       CASE WHEN value IS NOT NULL AND denominator IS NOT NULL THEN numerator END AS numerator,
       CASE WHEN value IS NOT NULL THEN denominator END AS denominator,
       round(value, 4) AS value,
       NULL::DOUBLE AS interval_low, NULL::DOUBLE AS interval_high, NULL::DOUBLE AS confidence,
       CASE WHEN value IS NULL THEN 'suppressed_at_source' ELSE 'reported' END AS value_status,
       NULL::DOUBLE AS low, NULL::DOUBLE AS high, released_on,
       'Kentucky Department of Education' AS source_key
FROM of_schools
UNION ALL
SELECT indicator_id, make_date(year, 1, 1), make_date(year, 12, 31),
       CASE FIPS WHEN '21111' THEN 'jefferson' ELSE lower('county-' || FIPS) END,
       subgroup_type, subgroup,
       CASE WHEN value_status = 'reported' THEN numerator END, CASE WHEN value_status = 'reported' THEN denominator END,
       CASE WHEN value_status = 'reported' THEN round(value, 4) END,
       CASE WHEN value_status = 'reported' THEN round(value - moe, 4) END,
       CASE WHEN value_status = 'reported' THEN round(value + moe, 4) END,
       CASE WHEN value_status = 'reported' AND moe IS NOT NULL THEN 0.9 END,
       value_status, NULL, NULL, released_on, source_key
FROM of_counties JOIN peer_groups USING (race, sex)
WHERE frl = 'total' AND setting = 'All Students'
ORDER BY ALL

-- One core indicator for each outcome; every value has been published already.
-- Goals are those of national campaigns that name a number and a year; the community's own would stand here instead.
-- usual_lag_days: from the end of the year (school year, calendar year) to the day the figures come out.
SELECT indicator_id, outcome_id, name, unit, good_direction, usual_lag_days, universe, definition, source,
       target::DOUBLE AS target, target_year::INTEGER AS target_year,
       'core' AS role, 'annual' AS frequency, TRUE AS already_public, DATE '2012-01-01' AS valid_from,
       NULL AS baseline, NULL AS baseline_period
FROM (VALUES
  ('low-birthweight', 'healthy-births', 'Babies born under 2,500 grams', 'percent', 'down', 275, 'births',
   'Share of live births to mothers living in the county that weighed less than 2,500 grams (5 pounds 8 ounces). Goal: Healthy People 2020, objective MICH-8.1.',
   'CDC WONDER, natality files', 7.8, 2020),
  ('preschool-enrolled', 'preschool', 'Three- and four-year-olds enrolled in school', 'percent', 'up', 265, 'three- and four-year-olds',
   'Share of three- and four-year-olds in public or private nursery school or preschool, asked of households in one calendar year.',
   'American Community Survey, 1-year estimates, table B14003', NULL, NULL),
  ('kindergarten-ready', 'kindergarten-readiness', 'Kindergartners ready on the first day', 'percent', 'up', 0, 'kindergartners screened',
   'Share of entering kindergartners of Jefferson County Public Schools who met the benchmark of the common screener (BRIGANCE), given each fall since 2013. A year is named by the school year; published as a percent, without counts.',
   'Kentucky Department of Education, kindergarten screen', NULL, NULL),
  ('grade-3-reading', 'early-grade-reading', 'Third graders proficient or distinguished in reading', 'percent', 'up', 93, 'third graders tested',
   'Share of third graders of Jefferson County Public Schools tested who scored proficient or distinguished in reading (K-PREP).',
   'Kentucky Department of Education, school report card', NULL, NULL),
  ('grade-8-math', 'middle-grade-math', 'Eighth graders proficient or distinguished in math', 'percent', 'up', 93, 'eighth graders tested',
   'Share of eighth graders of Jefferson County Public Schools tested who scored proficient or distinguished in mathematics (K-PREP).',
   'Kentucky Department of Education, school report card', NULL, NULL),
  ('act-composite', 'college-entrance', 'ACT composite score of juniors', 'score', 'up', 93, 'juniors tested',
   'Mean ACT composite score of all juniors of Jefferson County Public Schools tested; a mean comes without the spread that a range would take.',
   'Kentucky Department of Education, school report card', NULL, NULL),
  ('college-career-ready', 'college-career-readiness', 'Graduates ready for college or a career', 'percent', 'up', 93, 'graduates',
   'Share of graduates of Jefferson County Public Schools who met a college or a career benchmark of the state; from 2017-18 those who are transition ready.',
   'Kentucky Department of Education, school report card', NULL, NULL),
  ('graduation-4yr', 'graduation', 'Four-year graduation rate', 'percent', 'up', 93, 'students',
   'Share of the four-year adjusted cohort of Jefferson County Public Schools that graduated with a regular diploma; published as a percent, without counts. Goal: the national GradNation campaign.',
   'Kentucky Department of Education, school report card', 90, 2020),
  ('disconnected-youth', 'connected-youth', 'Youth neither in school nor at work', 'percent', 'down', 305, 'youth aged 16 to 24',
   'Share of people aged 16 to 24 who neither attend school nor have a job, asked of households in one calendar year.',
   'American Community Survey, 1-year public-use microdata', NULL, NULL)
) AS listed(indicator_id, outcome_id, name, unit, good_direction, usual_lag_days, universe, definition, source, target, target_year)

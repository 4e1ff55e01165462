-- Louisville, its state, the districts of the state, and the counties of cities like it.
-- Jefferson County Public Schools (district 275) cover the county but for one small district, so that both are one place.
-- District 909 is left out: its rows are district 275 over again.
WITH districts AS (
  SELECT code, any_value(dist_name) AS name
  FROM (
    SELECT sch_id AS code, dist_name FROM read_csv('{ky}/graduation_4yr_cohort.csv.gz', all_varchar = true)
    UNION ALL
    SELECT sch_id, dist_name FROM read_csv('{ky}/kprep_grades_3_4_8.csv.gz', all_varchar = true)
    UNION ALL
    SELECT sch_id, dist_name FROM read_csv('{ky}/college_career_ready.csv.gz', all_varchar = true)
    UNION ALL
    SELECT sch_id, dist_name FROM read_csv('{ky}/act.csv.gz', all_varchar = true)
  )
  WHERE code NOT IN ('275', '909', '999')
  GROUP BY code
),
largest AS (
  SELECT lpad(CAST(sch_id AS VARCHAR), 3, '0') AS code
  FROM read_csv('{ky}/profile.csv.gz', all_varchar = true)
  WHERE year = '2016-2017' AND sch_id NOT IN ('275', '777', '909', '999') -- 777 are the state's technical schools
  ORDER BY CAST(enroll AS DOUBLE) DESC LIMIT 5
),
counties(fips, name) AS (
  VALUES
    ('01073', 'Birmingham (Jefferson County, AL)'),
    ('12031', 'Jacksonville (Duval County, FL)'),
    ('18097', 'Indianapolis (Marion County, IN)'),
    ('26081', 'Grand Rapids (Kent County, MI)'),
    ('29095', 'Kansas City (Jackson County, MO)'),
    ('31055', 'Omaha (Douglas County, NE)'),
    ('37081', 'Greensboro (Guilford County, NC)'),
    ('37119', 'Charlotte (Mecklenburg County, NC)'),
    ('37183', 'Raleigh (Wake County, NC)'),
    ('39049', 'Columbus (Franklin County, OH)'),
    ('39061', 'Cincinnati (Hamilton County, OH)'),
    ('39113', 'Dayton (Montgomery County, OH)'),
    ('40109', 'Oklahoma City (Oklahoma County, OK)'),
    ('40143', 'Tulsa (Tulsa County, OK)'),
    ('45045', 'Greenville (Greenville County, SC)'),
    ('47037', 'Nashville (Davidson County, TN)'),
    ('47093', 'Knoxville (Knox County, TN)'),
    ('47157', 'Memphis (Shelby County, TN)'),
    ('51760', 'Richmond, VA'),
    ('MERGED', 'St. Louis (city and county), MO')
)
SELECT 'kentucky' AS place_id, 'Kentucky' AS name, 'state' AS kind, NULL AS parent_id, NULL AS peer_group
UNION ALL
SELECT 'jefferson', 'Jefferson County', 'county and its school district', 'kentucky', 'peers of Louisville'
UNION ALL
SELECT 'ky-' || code, name, 'school district', 'kentucky',
       CASE WHEN code IN (SELECT code FROM largest) THEN 'peers of Louisville' END
FROM districts
UNION ALL
SELECT lower('county-' || fips), name, 'county', NULL, 'peers of Louisville'
FROM counties
ORDER BY 1

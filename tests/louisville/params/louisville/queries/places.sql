-- The state and its districts. District 909 is left out: its rows are district 275 (Jefferson County) over again.
WITH enrolled AS (
  SELECT lpad(CAST(sch_id AS VARCHAR), 3, '0') AS code, dist_name, enroll
  FROM read_csv('{ky}/profile.csv.gz', all_varchar = true)
  WHERE year = '2016-2017'
),
districts AS (
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
  WHERE code NOT IN ('909', '999')
  GROUP BY code
),
largest AS (
  SELECT code FROM enrolled WHERE code NOT IN ('909', '999') ORDER BY CAST(enroll AS DOUBLE) DESC LIMIT 6
)
SELECT 'kentucky' AS place_id, 'Kentucky' AS name, 'state' AS kind, NULL AS parent_id, NULL AS peer_group
UNION ALL
SELECT 'ky-' || code, name, 'school district', 'kentucky',
       CASE WHEN code IN (SELECT code FROM largest) THEN 'largest districts' END
FROM districts
ORDER BY 1

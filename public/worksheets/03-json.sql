-- JSON documents as VARIANT: paths, casts, and arrays unfolded into rows.

-- A path gives a VARIANT, a cast gives a value.
SELECT doc_id,
       meta_json['scene']['weather_code']::STRING AS weather,
       meta_json['vehicle']['speed_kmh']::DOUBLE AS speed
FROM frame_metadata_catalog
WHERE meta_json['vehicle']['speed_kmh']::DOUBLE > 30
  AND meta_json['vehicle']['speed_kmh']::DOUBLE < 80
ORDER BY speed DESC
LIMIT 10;

-- Two conditions on different branches of a document.
SELECT doc_id, captured_at
FROM frame_metadata_catalog
WHERE meta_json['scene']['weather_code']::STRING = 'rain'
  AND meta_json['camera']['sensor_view']::STRING = 'roof'
ORDER BY captured_at;

-- Every object that was detected in frames with a pedestrian.
SELECT f.frame_id,
       obj.value['type']::STRING AS detected_type,
       obj.value['confidence']::DOUBLE AS confidence
FROM frame_events AS f
JOIN frame_metadata_catalog AS meta ON meta.doc_id = f.frame_id,
     LATERAL FLATTEN(input => meta.meta_json['detections']['objects']) AS obj
WHERE f.event_tag = 'pedestrian'
ORDER BY confidence DESC;

-- Which labels there are, and how often.
SELECT label.value::STRING AS label, COUNT(*) AS frames
FROM frame_metadata_catalog AS meta,
     LATERAL FLATTEN(input => meta.meta_json['media_meta']['tagging']['labels']) AS label
GROUP BY label
ORDER BY frames DESC, label;

-- Mean confidence of each type of object.
SELECT obj.value['type']::STRING AS detected_type,
       COUNT(*) AS detections,
       AVG(obj.value['confidence']::DOUBLE) AS avg_confidence
FROM frame_metadata_catalog AS meta,
     LATERAL FLATTEN(input => meta.meta_json['detections']['objects']) AS obj
GROUP BY detected_type
ORDER BY detections DESC, detected_type;

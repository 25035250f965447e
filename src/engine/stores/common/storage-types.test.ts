import { expect, test } from 'vitest';
import { canonicalValues, checkParameters, isSecret, storageType } from './storage-types.ts';

test('a type knows its parameters by all their names', () => {
  const s3 = storageType('S3');
  const values = { aws_key_id: 'AK', aws_secret_key: 'SK', session_token: 'T', region: '' };
  checkParameters(s3, Object.keys(values));
  expect(canonicalValues(s3, values)).toEqual({ access_key_id: 'AK', secret_access_key: 'SK', security_token: 'T' });
  expect(['aws_secret_key', 'access_key_id', 'region', 'endpoint_url'].map((name) => isSecret(s3, name))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('unknown types and parameters, and missing ones, are said in the words of Databend', () => {
  expect(() => storageType('s4')).toThrow('invalid input parameter (protocol s4 is not supported yet.)');
  expect(() => checkParameters(storageType('azblob'), ['account_name'])).toThrow(
    'invalid input parameter (endpoint_url is required for storage azblob)',
  );
  expect(() => checkParameters(storageType('gcs'), ['credential', 'sas', 'x'])).toThrow(
    'invalid input parameter (connection params invalid: expected [credential, endpoint_url], got [sas, x])',
  );
});

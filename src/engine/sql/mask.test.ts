import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskSecrets } from './mask.ts';

test.each([
  [
    "CREATE CONNECTION c STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'AK' SECRET_ACCESS_KEY='SK' REGION = 'eu'",
    "CREATE CONNECTION c STORAGE_TYPE = 's3' ACCESS_KEY_ID = '***' SECRET_ACCESS_KEY='***' REGION = 'eu'",
  ],
  [
    "copy into t from 's3://b/x' connection = (access_key_id='k', secret_access_key='a''b') file_format = (type = csv)",
    "copy into t from 's3://b/x' connection = (access_key_id='***', secret_access_key='***') file_format = (type = csv)",
  ],
  [
    "select * from 'hf://a/b' (connection => (token => 'x', repo_type => 'dataset'), pattern => 'p') where token = 'y'",
    "select * from 'hf://a/b' (connection => (token => '***', repo_type => 'dataset'), pattern => 'p') where token = 'y'",
  ],
  ["CREATE STAGE s URL = 's3://b/' CONNECTION = (CONNECTION_NAME = 'c') FILE_FORMAT = (SKIP_HEADER = 1)", undefined],
  ['CREATE CONNECTION c MASTER_KEY = ab /* c */ cd', "CREATE CONNECTION c MASTER_KEY = '***'"],
  ["SELECT a, credential_count FROM t WHERE b = 'secret'", undefined],
  [
    "CREATE CONNECTION c STORAGE_TYPE = 's3' SECRET_ACES_KEY = abc/d+e REGION = 'x'",
    "CREATE CONNECTION c STORAGE_TYPE = 's3' SECRET_ACES_KEY = '***' REGION = 'x'",
  ],
  ["create stage s connection = (secret_access_key = 'abc", "create stage s connection = (secret_access_key = '***'"],
  ['select \'open connection = (secret_key = "x"', "select 'open connection = (secret_key = '***'"],
  ["CREATE USER u IDENTIFIED BY 'pw'", "CREATE USER u IDENTIFIED BY '***'"],
  ["-- SECRET_ACCESS_KEY = 'x'\nSELECT 1", "-- SECRET_ACCESS_KEY = '***'\nSELECT 1"],
  ["/* CONNECTION = (TOKEN = 'x') */ SELECT 1", "/* CONNECTION = (TOKEN = '***') */ SELECT 1"],
  [
    "EXECUTE IMMEDIATE 'CREATE CONNECTION c STORAGE_TYPE = ''s3'' SECRET_ACCESS_KEY = ''x'''",
    "EXECUTE IMMEDIATE 'CREATE CONNECTION c STORAGE_TYPE = \\'s3\\' SECRET_ACCESS_KEY = \\'***\\''",
  ],
  ["EXECUTE IMMEDIATE $$ SECRET_KEY = 'x'; $$", "EXECUTE IMMEDIATE $$ SECRET_KEY = '***'; $$"],
  [
    "SELECT * FROM 'https://u:p@h/x.csv?a=1&X-Amz-Signature=0ab&X-Amz-Date=2'",
    "SELECT * FROM 'https://u:***@h/x.csv?a=1&X-Amz-Signature=***&X-Amz-Date=2'",
  ],
  ["CREATE STAGE s URL = 's3://k:p@b/'", "CREATE STAGE s URL = 's3://k:***@b/'"],
  ["SELECT 'https://u:p@ss:w@h/x'", "SELECT 'https://u:***@h/x'"],
  ['PUT https://h/x?sig=abc @s', 'PUT https://h/x?sig=*** @s'],
])('%s is shown without its secrets', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked ?? text);
});

test('a long document behind an address is read once, not once for each colon in it', () => {
  const document = `'{"host":"http://h"${',"a":1'.repeat(100_000)}}'`;
  expect(maskSecrets(document)).toBe(document);
});

test('no secret of a connection survives, however the text goes on', () => {
  const secret = 'Zq7pGx9';
  const tail = fc.array(fc.constantFrom("'", '"', '$$', '/*', '*/', '--', ')', ',', '=', '\n', 'x ', ';'), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(tail, tail, (before, after) => {
      const text = `${before.join('')} CREATE CONNECTION c SECRET_ACCESS_KEY = '${secret}' ${after.join('')}`;
      const masked = maskSecrets(text);
      expect(masked).not.toContain(secret);
      expect(maskSecrets(masked)).toBe(masked);
    }),
  );
});

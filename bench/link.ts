import { nodeHost } from '../src/engine/cli/host.ts';
import { openEngine } from '../src/engine/session/engine.ts';
import { engineOver } from '../src/engine/test/engine.ts';
import { narrowReadings, wideReadings } from '../src/engine/test/readings.ts';
import { s3Server, TEST_KEY } from '../src/engine/test/s3/server.ts';
import { type Report, round } from './figure.ts';

/** What the first rows of a Parquet file behind a presigned link cost: bytes, requests and time, on loopback. */
export async function benchLink(report: Report): Promise<void> {
  const server = await s3Server({ buckets: { bench: {} } });
  try {
    const engine = engineOver(await openEngine(nodeHost({ data: undefined, version: '0.0.0' })));
    const keys = `ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${TEST_KEY.secret}' ENDPOINT_URL = '${server.endpoint}'`;
    await engine.rows(`CREATE STAGE s URL = 's3://bench/' CONNECTION = (${keys}); SELECT 1`);
    const measure = async (name: string, file: Uint8Array, groups: number) => {
      server.put('bench', name, file);
      const [[, , url = ''] = []] = await engine.rows(`PRESIGN @s/${name}`);
      server.requests.length = 0;
      const start = performance.now();
      const rows = await engine.rows(`SELECT * FROM '${url}' LIMIT 100`);
      const seconds = (performance.now() - start) / 1000;
      if (rows.length !== 100) throw new Error(`${rows.length} rows came instead of 100`);
      const bytes = server.requests.reduce((sum, request) => sum + request.bytes, 0);
      const detail = { file_mb: round(file.length / 1e6, 1), groups, requests: server.requests.length };
      report({
        name: `link_${name}`,
        value: round(bytes / 1e6),
        unit: 'MB read',
        ...detail,
        seconds: round(seconds, 3),
      });
    };
    const narrow = 80;
    await measure('first_rows_of_small_groups.parquet', await narrowReadings(narrow), narrow);
    await measure('first_rows_of_25_mb_groups.parquet', await wideReadings(8), 8);
  } finally {
    await server.close();
  }
}

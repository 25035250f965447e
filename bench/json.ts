import { jsonKernels } from '../src/engine/kernels/json/index.ts';
import type { Vector, VectorKernel, VectorWriter } from '../src/engine/kernels/kernel.ts';
import { runKernel, vectorOf } from '../src/engine/test/run-kernel.ts';
import { ByteSink } from '../src/engine/types/json/sink.ts';
import { documents } from './documents.ts';
import { fastest, type Report, round } from './figure.ts';

const COUNT = 100_000;
/** As many rows as DuckDB hands over at once. */
const CHUNK = 2048;
const RUNS = 7;

type Walk = (document: Documented) => unknown;

interface Documented {
  readonly camera: { readonly sensor_view: string };
  readonly detections: { readonly objects: readonly { readonly type: string }[] };
  readonly scene: { readonly weather_code: string };
  readonly vehicle: { readonly speed_kmh: number };
}

/** From early to late in a document, and what gets the same from a parsed one. */
const PATHS: readonly (readonly [path: string, walk: Walk])[] = [
  ['camera.sensor_view', (document) => document.camera.sensor_view],
  ['detections.objects[0].type', (document) => document.detections.objects[0]?.type],
  ['scene.weather_code', (document) => document.scene.weather_code],
  ['vehicle.speed_kmh', (document) => document.vehicle.speed_kmh],
];

function kernel(name: string): VectorKernel {
  const found = jsonKernels.find((candidate) => candidate.name === name);
  if (found?.kind !== 'vector') throw new Error(`${name} is no vector kernel`);
  return found;
}

/** Takes results as DuckDB's writer does, those of one call in the place of the last one's. */
class Sink implements VectorWriter {
  readonly sink = new ByteSink(1 << 20);
  readonly #starts = new Float64Array(CHUNK);
  readonly #lengths = new Float64Array(CHUNK);
  rows = 0;

  null(): void {
    this.rows++;
  }

  bytes(row: number, source: Uint8Array, start: number, length: number): void {
    const from = this.sink.length;
    this.sink.append(source, start, start + length);
    this.appended(row, from);
  }

  appended(row: number, start: number): void {
    this.#starts[row] = start;
    this.#lengths[row] = this.sink.length - start;
    this.rows++;
  }

  text(): void {
    this.rows++;
  }

  number(): void {
    this.rows++;
  }

  bigint(): void {
    this.rows++;
  }
}

/** Paths over documents and the reading of JSON, beside JSON.parse on strings that need no decoding. */
export async function benchJson(report: Report): Promise<void> {
  const texts = documents(COUNT);
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  const chunks = Array.from({ length: Math.ceil(COUNT / CHUNK) }, (_, index) =>
    texts.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  const vectors = chunks.map((chunk) => vectorOf('text', chunk));
  const perDocument = (seconds: number) => round((seconds / COUNT) * 1e9, 0);
  let kept = 0;

  const callsOf = (columns: readonly Vector[], name: string, ...values: readonly (number | string)[]) => {
    const { args } = kernel(name);
    return columns.map((column, index) => {
      const rows = chunks[index]?.length ?? 0;
      const constants = values.map((value, at) => vectorOf(args[at + 1] ?? 'text', new Array(rows).fill(value)));
      return { columns: [column, ...constants], rows };
    });
  };
  const overKernel = (name: string, ...values: readonly (number | string)[]) => {
    const { run } = kernel(name);
    const calls = callsOf(vectors, name, ...values);
    return fastest(RUNS, async () => {
      const sink = new Sink();
      for (const { columns, rows } of calls) {
        sink.sink.length = 0;
        run(columns, sink, rows);
      }
      kept += sink.rows;
    });
  };
  const overParse = (walks: readonly Walk[]) =>
    fastest(RUNS, async () => {
      for (const text of texts) {
        const document = JSON.parse(text) as Documented;
        for (const walk of walks) if (walk(document) !== undefined) kept++;
      }
    });

  for (const [path, walk] of PATHS) {
    const ours = await overKernel('json_get_path', path);
    const parsed = await overParse([walk]);
    report({
      name: `json path ${path}`,
      value: perDocument(ours),
      unit: 'ns per document',
      json_parse: perDocument(parsed),
      ratio: round(ours / parsed),
    });
  }
  const lines = PATHS.map(([path]) => `j${path}`).join('\n');
  const packed = chunks.map((chunk) =>
    vectorOf(
      'text',
      runKernel(
        kernel('json_get_paths'),
        chunk.map((text) => [text, lines]),
      ),
    ),
  );
  const partCalls = PATHS.map((_, part) => callsOf(packed, 'json_part', part));
  const parts = await fastest(RUNS, async () => {
    const sink = new Sink();
    for (const { columns, rows } of partCalls.flat()) {
      sink.sink.length = 0;
      kernel('json_part').run(columns, sink, rows);
    }
    kept += sink.rows;
  });
  const four = (await overKernel('json_get_paths', lines)) + parts;
  const parsed = await overParse(PATHS.map(([, walk]) => walk));
  report({
    name: 'json four paths',
    value: perDocument(four),
    unit: 'ns per document',
    json_parse: perDocument(parsed),
    ratio: round(four / parsed),
  });
  const flat = await overKernel('json_flatten', 'detections.objects', 0, 0, 'both');
  const printed = await overParse([({ detections }) => detections.objects.map((object) => JSON.stringify(object))]);
  report({
    name: 'json flatten detections.objects',
    value: perDocument(flat),
    unit: 'ns per document',
    json_parse: perDocument(printed),
    ratio: round(flat / printed),
  });
  const read = await overKernel('json_parse', 0);
  report({
    name: 'json to canonical form',
    value: round(bytes / read / 1e6, 0),
    unit: 'MB/s',
    json_parse: round(bytes / parsed / 1e6, 0),
    document_bytes: round(bytes / COUNT, 0),
    results: kept,
  });
}

import glueUrl from 'parquet-wasm/esm/parquet_wasm.js?url';
import wasmUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { initParquet } from '../src/engine/formats/parquet/wasm.ts';
import { connect } from '../src/engine/index.ts';
import type { Figure } from './figure.ts';
import { benchJson } from './json.ts';
import { copyBench, streamBench, textBench } from './page-engine.ts';
import { benchParquet } from './parquet.ts';

declare global {
  interface Window {
    /** What the driver has the page do. */
    runPart(name: string, amount: number): Promise<void>;
    /** The driver's. */
    reportFigure(figure: Figure): Promise<void>;
    readonly startOfEngine: Promise<{ readonly ready: number; readonly first: number }>;
  }
}

const absolute = (url: string) => new URL(url, location.href).href;
initParquet({ glueUrl: absolute(glueUrl), loadWasm: () => fetch(absolute(wasmUrl)) });

const engine = connect();
const session = engine.session();

async function start() {
  await engine.ready;
  const ready = performance.now();
  await session.query('SELECT 1', new AbortController().signal);
  return { ready, first: performance.now() };
}

const PARTS: Readonly<Record<string, (amount: number, report: (figure: Figure) => void) => Promise<void>>> = {
  parquet: benchParquet,
  json: (_, report) => benchJson(report),
  text: (amount, report) => textBench(engine, amount, report),
  copy: (amount, report) => copyBench(engine, amount, report),
  stream: (amount, report) => streamBench(engine, amount, report),
};

window.runPart = async (name, amount) => {
  const told: Promise<void>[] = [];
  await PARTS[name]?.(amount, (figure) => told.push(window.reportFigure(figure)));
  await Promise.all(told);
};

Object.assign(window, { startOfEngine: start() });

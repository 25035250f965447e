import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestEngine, testEngine } from './engine.ts';
import { runSlt } from './slt.ts';

const SCRIPTS = join(import.meta.dirname, 'slt');
const folder = mkdtempSync(join(tmpdir(), 'boathouse-slt-'));

let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

test.each(readdirSync(SCRIPTS))(
  '%s gives what it says',
  async (name) => {
    const database = name.replaceAll(/\W/g, '_');
    const files = join(folder, database);
    await engine.rows(`CREATE DATABASE ${database}; USE ${database}`);
    await engine.rows(`CREATE OR REPLACE STAGE files URL = 'fs://${files}/'`);
    const text = readFileSync(join(SCRIPTS, name), 'utf8');
    expect(await runSlt(text, engine, files)).toBe(text);
  },
  120_000,
);

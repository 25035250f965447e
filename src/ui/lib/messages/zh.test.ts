import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

type Words = (...values: readonly string[]) => string;

/** The one message that takes a word of ours for a value. */
const VALUES: { readonly [path: string]: readonly string[] } = { 'tasks.schedule.every': ['§', 'minute'] };

/** Every message of a table under its path; one with values is said with `§` for each. */
function* said(table: object, path = ''): Generator<readonly [string, string]> {
  for (const [name, part] of Object.entries(table)) {
    if (typeof part === 'string') yield [path + name, part];
    else if (typeof part === 'function') yield [path + name, (part as Words)(...(VALUES[path + name] ?? '§§§§'))];
    else yield* said(part, `${path}${name}.`);
  }
}

/** SQL, names of things and columns, units: what a Chinese reader reads in Latin, too. */
const IN_LATIN =
  /^(Boathouse|Stage|NULL|SRID|SQL|PATTERN|CSV|NDJSON|Base64|Parquet|Arrow|§ · §|[A-Z]+_[A-Z_]+|FILE|STATUS|[^a-z]*|.*;|\S*[./]\S*)$/s;

test('every message is said in Chinese, but for what stays in Latin', () => {
  const english = new Map(said(en));
  const same = [...said(zh)].filter(([path, text]) => text === english.get(path) && !IN_LATIN.test(text));
  expect(same).toEqual([
    ['frame.titleOf', '§ · Boathouse'],
    ['status.version', 'v§'],
    ['stages.preview.conditionHint', "collected_at >= '2025-01-02 20:00'"],
    ['stages.text.delimiters.\u0001', '\\x01'],
    ['tasks.schedule.other', 'cron §'],
    ['connections.form.regionHint', 'us-east-1'],
  ]);
});

test('no Chinese message drops a value that the English one says', () => {
  const english = new Map(said(en));
  const count = (text = '') => text.split('§').length;
  const fewer = [...said(zh)].filter(([path, text]) => count(text) < count(english.get(path)));
  expect(fewer).toEqual([]);
});

test('no Chinese message mixes in half-width punctuation', () => {
  const wrong = [...said(zh)].filter(([, text]) => /[一-鿿][,;:?!]|[,;:?!][一-鿿]/.test(text));
  expect(wrong).toEqual([]);
});

test('a schedule of weekdays is said in Chinese', () => {
  expect(zh.tasks.schedule.weekly('MON-FRI', '09:00')).toBe('每周一至周五 09:00');
  expect(zh.tasks.schedule.every(1, 'minute')).toBe('每分钟');
  expect(zh.tasks.schedule.every(10, 'minute')).toBe('每隔 10 分钟');
});

test('every starter worksheet has a Chinese title', () => {
  const path = resolve(import.meta.dirname, '../../../../public/worksheets/index.json');
  const starters: readonly { readonly file: string }[] = JSON.parse(readFileSync(path, 'utf8'));
  expect(Object.keys(zh.home.starters.sheets)).toEqual(starters.map(({ file }) => file));
});

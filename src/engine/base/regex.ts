import { nativeRegex } from './regex-native.ts';
import { type CharTest, type Place, parseRegex, type RegexNode } from './regex-syntax.ts';

/** Where an instruction goes on; the machine ends where there is no instruction. */
type Instruction =
  | { readonly kind: 'One'; readonly test: CharTest; readonly next: number }
  | { readonly kind: 'Assert'; readonly place: Place; readonly next: number }
  | { readonly kind: 'Fork'; readonly next: readonly number[] }
  | { readonly kind: 'Match' };

const MOST_INSTRUCTIONS = 20_000;

/**
 * Whether a text has a part that matches, in time in proportion to the text, whatever the expression: where it may
 * match in many ways, all are followed at once. Throws SyntaxError for what is no regular expression of Rust's `regex` crate.
 */
export function linearRegex(source: string): (text: string) => boolean {
  const node = parseRegex(source);
  const program: Instruction[] = [{ kind: 'Match' }];
  const start = compile(node, 0, program);
  const native = nativeRegex(node);
  return native ? (text) => native.test(text) : matcher(program, start);
}

/** Adds the instructions of a node that go on to `next`; gives the first of them. */
function compile(node: RegexNode, next: number, program: Instruction[]): number {
  switch (node.kind) {
    case 'One':
      return add({ kind: 'One', test: node.test, next }, program);
    case 'Assert':
      return add({ kind: 'Assert', place: node.place, next }, program);
    case 'Then':
      return node.parts.reduceRight((after, part) => compile(part, after, program), next);
    case 'Either':
      return add({ kind: 'Fork', next: node.parts.map((part) => compile(part, next, program)) }, program);
    case 'Repeat':
      return compileRepeat(node, next, program);
  }
}

function compileRepeat(
  { part, least, most }: RegexNode & { readonly kind: 'Repeat' },
  next: number,
  program: Instruction[],
): number {
  let start = next;
  if (most === Number.POSITIVE_INFINITY) {
    const loop = add({ kind: 'Fork', next: [] }, program);
    program[loop] = { kind: 'Fork', next: [compile(part, loop, program), next] };
    start = loop;
  } else
    for (let i = least; i < most; i++)
      start = add({ kind: 'Fork', next: [compile(part, start, program), next] }, program);
  for (let i = 0; i < least; i++) start = compile(part, start, program);
  return start;
}

function add(instruction: Instruction, program: Instruction[]): number {
  if (program.length >= MOST_INSTRUCTIONS) throw new SyntaxError('Compiled regex exceeds size limit');
  return program.push(instruction) - 1;
}

/** The instructions that wait for the next character, each once. */
interface Waiting {
  readonly at: Int32Array;
  count: number;
}

/** What following a program needs, made once for all texts. */
interface Machine {
  readonly program: readonly Instruction[];
  /** The place at which each instruction was reached last; places are counted through all texts. */
  readonly reached: Float64Array;
  readonly open: number[];
  place: number;
}

function matcher(program: readonly Instruction[], start: number): (text: string) => boolean {
  const machine: Machine = { program, reached: new Float64Array(program.length), open: [], place: 0 };
  let now: Waiting = { at: new Int32Array(program.length), count: 0 };
  let later: Waiting = { at: new Int32Array(program.length), count: 0 };
  return (text) => {
    let [before, at, code] = [NO_CHAR, 0, charAt(text, 0)];
    now.count = 0;
    machine.place++;
    for (;;) {
      // What the character before led to bears the mark of this place already.
      if (reach(start, { before, code }, now, machine)) return true;
      if (code === NO_CHAR) return false;
      at += code > 0xffff ? 2 : 1;
      machine.place++;
      later.count = 0;
      [before, code] = [code, charAt(text, at)];
      if (advance(now, { before, code }, later, machine)) return true;
      [now, later] = [later, now];
    }
  };
}

/** Between two characters of the text. */
interface Here {
  readonly before: number;
  readonly code: number;
}

const NO_CHAR = -1;

const charAt = (text: string, at: number) => text.codePointAt(at) ?? NO_CHAR;

/** Takes the character before; whether that matches. */
function advance(now: Waiting, here: Here, later: Waiting, machine: Machine): boolean {
  for (let i = 0; i < now.count; i++) {
    const instruction = machine.program[now.at[i] ?? 0];
    if (instruction?.kind !== 'One' || !instruction.test(here.before)) continue;
    if (reach(instruction.next, here, later, machine)) return true;
  }
  return false;
}

/** Follows all that takes no character; whether that matches. */
function reach(first: number, here: Here, waiting: Waiting, { program, reached, open, place }: Machine): boolean {
  open.length = 0;
  open.push(first);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reached[index] === place) continue;
    reached[index] = place;
    const instruction = program[index];
    if (instruction?.kind === 'Match') return true;
    if (instruction?.kind === 'One') waiting.at[waiting.count++] = index;
    else if (instruction?.kind === 'Fork') for (const next of instruction.next) open.push(next);
    else if (instruction && holds(instruction.place, here)) open.push(instruction.next);
  }
  return false;
}

function holds(place: Place, { before, code }: Here): boolean {
  switch (place) {
    case 'textStart':
      return before === NO_CHAR;
    case 'textEnd':
      return code === NO_CHAR;
    case 'lineStart':
      return before === NO_CHAR || before === LINE_FEED;
    case 'lineEnd':
      return code === NO_CHAR || code === LINE_FEED;
    case 'wordEdge':
      return isWord(before) !== isWord(code);
    case 'noWordEdge':
      return isWord(before) === isWord(code);
  }
}

const LINE_FEED = 10;
const WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

const isWord = (code: number) => code !== NO_CHAR && WORD.test(String.fromCodePoint(code));

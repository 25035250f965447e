import { remember } from '../../../base/remember.ts';
import { jsonString } from '../../../types/json/escapes.ts';
import { KernelError } from '../../kernel.ts';
import type { Arithmetic, Comparison, Index, IndexRange, PathExpr, PathStep } from './ast.ts';
import { unquote } from './steps.ts';

/** Throws a KernelError if the text is no path. */
export const parseJsonPath = remember((text: string): PathExpr => new PathParser(text).parse());

const BLANKS = /\s*/y;
const WORD = /[^\s.:[\](){}?*$@"'=!<>&|+/%,-][^\s.:[\](){}?"'=!<>&|,]*/y;
const STRING = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER = /-?\d+/y;
const COMPARISON = /==|!=|<>|<=|>=|=|<|>|starts\s+with(?=\s|")/y;

const SPELLINGS: { readonly [symbol: string]: Comparison } = { '=': '==', '<>': '!=' };
const LITERALS: readonly string[] = ['true', 'false', 'null'];
const LAST: Index = { fromLast: true, offset: 0 };

class PathParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): PathExpr {
    this.#blanks();
    const startsWithRoot = /[$@(!+\d-]|exists\s*\(/y.test(this.#text.slice(this.#at));
    const expr = startsWithRoot ? this.#or() : this.#bareFirst();
    this.#blanks();
    if (this.#at < this.#text.length) throw this.#error();
    return expr;
  }

  /** `a.b` is `$.a.b`. */
  #bareFirst(): PathExpr {
    const isStep = /[.[:?]/y.test(this.#text.slice(this.#at));
    const first: PathStep[] = isStep || this.#at === this.#text.length ? [] : [{ kind: 'Key', key: this.#key() }];
    return { kind: 'Path', root: '$', steps: [...first, ...this.#steps()] };
  }

  #or(): PathExpr {
    let left = this.#and();
    while (this.#accept('||')) left = { kind: 'Logic', operator: '||', left, right: this.#and() };
    return left;
  }

  #and(): PathExpr {
    let left = this.#comparison();
    while (this.#accept('&&')) left = { kind: 'Logic', operator: '&&', left, right: this.#comparison() };
    return left;
  }

  #comparison(): PathExpr {
    const left = this.#sum();
    this.#blanks();
    const symbol = this.#match(COMPARISON)?.[0];
    if (symbol === undefined) return left;
    const operator = symbol.startsWith('starts') ? 'starts with' : (SPELLINGS[symbol] ?? (symbol as Comparison));
    return { kind: 'Compare', operator, left, right: this.#sum() };
  }

  #sum(): PathExpr {
    let left = this.#product();
    for (;;) {
      const operator = this.#acceptOne(['+', '-']);
      if (!operator) return left;
      left = { kind: 'Arithmetic', operator, left, right: this.#product() };
    }
  }

  #product(): PathExpr {
    let left = this.#operand();
    for (;;) {
      const operator = this.#acceptOne(['*', '/', '%']);
      if (!operator) return left;
      left = { kind: 'Arithmetic', operator, left, right: this.#operand() };
    }
  }

  #operand(): PathExpr {
    if (this.#accept('!')) return { kind: 'Not', operand: this.#operand() };
    if (this.#accept('-')) return { kind: 'Negate', operand: this.#operand() };
    if (this.#accept('+')) return this.#operand();
    if (this.#accept('$')) return { kind: 'Path', root: '$', steps: this.#steps() };
    if (this.#accept('@')) return { kind: 'Path', root: '@', steps: this.#steps() };
    if (this.#accept('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    return this.#literal();
  }

  #literal(): PathExpr {
    this.#blanks();
    const number = this.#match(NUMBER)?.[0];
    if (number !== undefined) return { kind: 'Literal', json: number };
    const text = this.#string();
    if (text !== undefined) return { kind: 'Literal', json: jsonString(text) };
    const word = this.#match(WORD)?.[0] ?? '';
    if (LITERALS.includes(word)) return { kind: 'Literal', json: word };
    if (word !== 'exists') throw this.#error();
    this.#expect('(');
    const path = this.#operand();
    this.#expect(')');
    return { kind: 'Exists', path };
  }

  #steps(): PathStep[] {
    const steps: PathStep[] = [];
    for (let step = this.#step(); step; step = this.#step()) steps.push(step);
    return steps;
  }

  #step(): PathStep | undefined {
    if (this.#accept('.**')) return this.#levels();
    if (this.#accept('.*')) return { kind: 'Members' };
    if (this.#accept('.') || this.#accept(':')) return { kind: 'Key', key: this.#key() };
    if (this.#accept('?')) return this.#filter();
    return this.#accept('[') ? this.#bracket() : undefined;
  }

  #filter(): PathStep {
    this.#expect('(');
    const condition = this.#or();
    this.#expect(')');
    return { kind: 'Filter', condition };
  }

  #key(): string {
    this.#blanks();
    const key = this.#string() ?? this.#match(WORD)?.[0];
    if (key === undefined) throw this.#error();
    return key;
  }

  #string(): string | undefined {
    const match = this.#match(STRING);
    return match ? unquote(match[1] ?? match[2] ?? '') : undefined;
  }

  #levels(): PathStep {
    if (!this.#accept('{')) return { kind: 'Levels', from: 0, to: Number.POSITIVE_INFINITY };
    const from = this.#level();
    const to = this.#accept('to') ? this.#level() : from;
    this.#expect('}');
    return { kind: 'Levels', from, to };
  }

  #level(): number {
    return this.#accept('last') ? Number.POSITIVE_INFINITY : this.#integer();
  }

  #bracket(): PathStep {
    this.#blanks();
    if (this.#accept('*')) {
      this.#expect(']');
      return { kind: 'Elements' };
    }
    const key = this.#string();
    const step: PathStep = key === undefined ? { kind: 'Indexes', ranges: this.#ranges() } : { kind: 'Key', key };
    this.#expect(']');
    return step;
  }

  #ranges(): IndexRange[] {
    const ranges: IndexRange[] = [];
    do {
      const from = this.#index();
      ranges.push({ from, to: this.#accept('to') ? this.#index() : from });
    } while (this.#accept(','));
    return ranges;
  }

  #index(): Index {
    if (!this.#accept('last')) {
      const offset = this.#integer();
      return offset < 0 ? { fromLast: true, offset: offset + 1 } : { fromLast: false, offset };
    }
    const sign = this.#acceptOne(['+', '-']);
    return sign ? { fromLast: true, offset: sign === '-' ? -this.#integer() : this.#integer() } : LAST;
  }

  #integer(): number {
    this.#blanks();
    const digits = this.#match(INTEGER)?.[0];
    if (digits === undefined) throw this.#error();
    return Number(digits);
  }

  #blanks(): void {
    this.#match(BLANKS);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #accept(symbol: string): boolean {
    this.#blanks();
    const is = this.#text.startsWith(symbol, this.#at);
    if (is) this.#at += symbol.length;
    return is;
  }

  #acceptOne<S extends Arithmetic>(symbols: readonly S[]): S | undefined {
    return symbols.find((symbol) => this.#accept(symbol));
  }

  #expect(symbol: string): void {
    if (!this.#accept(symbol)) throw this.#error();
  }

  #error(): KernelError {
    return new KernelError(`Invalid JSON Path '${this.#text}'`);
  }
}

import { unreachable } from '../../../base/errors.ts';
import { jsonDouble } from '../../../types/json/number.ts';
import { isArray, isObject, isText, type JsonNode, textOf } from '../node.ts';
import { compareScalars } from '../order.ts';
import type { Arithmetic, Comparison, Index, IndexRange, PathExpr, PathStep } from './ast.ts';

/** What `$` and `@` stand for. */
interface Context {
  readonly root: JsonNode;
  readonly current: JsonNode;
}

/** The values that a path leads to, in order; a predicate gives true or false. */
export function evaluatePath(expr: PathExpr, root: JsonNode): readonly JsonNode[] {
  return evaluate(expr, { root, current: root });
}

/** Undefined where the expression is no predicate. */
export function matchesPath(expr: PathExpr, root: JsonNode): boolean | undefined {
  const [first] = evaluatePath(expr, root);
  return first === 'true' || first === 'false' ? first === 'true' : undefined;
}

function evaluate(expr: PathExpr, context: Context): readonly JsonNode[] {
  switch (expr.kind) {
    case 'Path':
      return expr.steps.reduce<readonly JsonNode[]>(
        (nodes, step) => nodes.flatMap((node) => take(step, node, context.root)),
        [expr.root === '$' ? context.root : context.current],
      );
    case 'Literal':
      return [expr.json];
    case 'Negate':
      return evaluate(expr.operand, context).flatMap((node) => calculate('-', '0', node));
    case 'Arithmetic':
      return pairs(expr, context).flatMap(([left, right]) => calculate(expr.operator, left, right));
    case 'Compare':
    case 'Logic':
    case 'Not':
    case 'Exists':
      return [String(holds(expr, context))];
    default:
      return unreachable(expr);
  }
}

type Predicate = Extract<PathExpr, { readonly kind: 'Compare' | 'Logic' | 'Not' | 'Exists' }>;

function holds(expr: Predicate, context: Context): boolean {
  const isTrue = (operand: PathExpr) => evaluate(operand, context).includes('true');
  switch (expr.kind) {
    case 'Compare':
      return pairs(expr, context).some(([left, right]) => compares(expr.operator, left, right));
    case 'Logic':
      return expr.operator === '&&' ? isTrue(expr.left) && isTrue(expr.right) : isTrue(expr.left) || isTrue(expr.right);
    case 'Not':
      return !isTrue(expr.operand);
    default:
      return evaluate(expr.path, context).length > 0;
  }
}

function pairs(
  { left, right }: { readonly left: PathExpr; readonly right: PathExpr },
  context: Context,
): (readonly [JsonNode, JsonNode])[] {
  const rights = evaluate(right, context);
  return evaluate(left, context).flatMap((a) => rights.map((b) => [a, b] as const));
}

/** Values of different kinds do not compare. */
function compares(operator: Comparison, left: JsonNode, right: JsonNode): boolean {
  if (operator === 'starts with') return isText(left) && isText(right) && textOf(left).startsWith(textOf(right));
  const order = compareScalars(left, right);
  if (order === undefined) return false;
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

const isNumber = (node: JsonNode): node is string => typeof node === 'string' && /^[-\d]/.test(node);
const isWhole = (json: string) => /^-?\d+$/.test(json);

/** Integers stay exact; what has no result has no value. */
function calculate(operator: Arithmetic, left: JsonNode, right: JsonNode): JsonNode[] {
  if (!isNumber(left) || !isNumber(right)) return [];
  if (isWhole(left) && isWhole(right) && operator !== '/') {
    const [a, b] = [BigInt(left), BigInt(right)];
    if (operator === '%') return b === 0n ? [] : [String(a % b)];
    return [String(operator === '+' ? a + b : operator === '-' ? a - b : a * b)];
  }
  const value = calculateDoubles(operator, Number(left), Number(right));
  return Number.isFinite(value) ? [jsonDouble(value)] : [];
}

function calculateDoubles(operator: Arithmetic, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a % b;
  }
}

function take(step: PathStep, node: JsonNode, root: JsonNode): readonly JsonNode[] {
  switch (step.kind) {
    case 'Key': {
      const value = isObject(node) ? node.get(step.key) : undefined;
      return value === undefined ? [] : [value];
    }
    case 'Members':
      return isObject(node) ? [...node.values()] : [];
    case 'Elements':
      return isArray(node) ? node : [];
    case 'Levels':
      return levels(node, step.from, step.to);
    case 'Indexes':
      return isArray(node) ? step.ranges.flatMap((range) => elements(node, range)) : [];
    case 'Filter':
      return evaluate(step.condition, { root, current: node }).includes('true') ? [node] : [];
    default:
      return unreachable(step);
  }
}

function levels(node: JsonNode, from: number, to: number): JsonNode[] {
  const own = from <= 0 ? [node] : [];
  if (to <= 0 || typeof node === 'string') return own;
  return [...own, ...[...node.values()].flatMap((child) => levels(child, from - 1, to - 1))];
}

function elements(array: readonly JsonNode[], { from, to }: IndexRange): readonly JsonNode[] {
  const position = ({ fromLast, offset }: Index) => (fromLast ? array.length - 1 + offset : offset);
  return array.slice(Math.max(0, position(from)), Math.max(0, position(to) + 1));
}

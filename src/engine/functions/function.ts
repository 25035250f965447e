import type { Cell } from '../types/cell.ts';
import type { SqlType } from '../types/type.ts';

/**
 * How to add a function: one row in the file of its topic. From the row follow binding, SHOW FUNCTIONS, completion,
 * hover, "did you mean", the test of its examples and the check that DuckDB accepts its lowering.
 */
export interface FunctionSpec {
  /** Lower case. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** `set` gives several rows for one: its lowering is a list, its return type that of the elements. */
  readonly kind: 'scalar' | 'aggregate' | 'window' | 'set';
  /** One sentence, shown on hover and in SHOW FUNCTIONS. */
  readonly doc: string;
  readonly overloads: readonly Overload[];
  /** Call and its text as Databend prints it; they run as tests and are shown on hover. */
  readonly examples: readonly (readonly [call: string, result: string])[];
  /** Gives another value each time (`rand()`): never folded, never shared. */
  readonly volatile?: boolean;
  /** A window function that is written without OVER: over all rows, as they come. */
  readonly overAll?: boolean;
}

/** Where the types of the arguments, an aggregate's parameters or arguments that are constants decide. */
export type ReturnType = (
  args: readonly SqlType[],
  params: readonly Constant[],
  constants: readonly (Constant | undefined)[],
) => SqlType;

/** One signature. Tried in order: exact types first, then by implicit casts, the cheapest. */
export interface Overload {
  /** Patterns, see below; arguments are cast to them before the lowering sees them. */
  readonly args: readonly TypePattern[];
  /** Parameters in the first parentheses of an aggregate: constants. */
  readonly params?: readonly TypePattern[];
  readonly returns: TypePattern | ReturnType;
  /** Whether NULL in gives NULL out and nothing else does (the default), or how else the result is nullable. */
  readonly nulls?: 'propagate' | 'never' | 'always';
  readonly lower: Lowering;
  /** The call is a CAST or TRY_CAST of its first argument to the type it returns; `lower` is not asked. */
  readonly cast?: 'strict' | 'lenient';
  /** For what the session or the types alone decide (`now()`, `typeof(x)`): the value, known before anything runs. */
  readonly fold?: (call: FoldedCall) => Cell;
}

export interface FoldedCall {
  readonly argTypes: readonly SqlType[];
  readonly argNullable: readonly boolean[];
  readonly constants: readonly (Constant | undefined)[];
  readonly session: FunctionSession;
}

/** What a statement's functions may know of its session. */
export interface FunctionSession {
  /** Microseconds since 1970 at the start of the statement. */
  readonly now: bigint;
  readonly timezone: string;
  readonly database: string;
  readonly version: string;
  readonly sessionId: string;
  /** The newest last. */
  readonly queryIds: readonly string[];
}

/** A folded argument: what constant parameters and format strings are seen as. */
export type Constant = string | number | bigint | boolean | null;

/**
 * DuckDB SQL with `$1`, `$2` … for the lowered arguments, `$*` for all of them separated by commas and `$T` for the
 * DuckDB name of the result type; or a function where a template cannot say it. Texts come in parentheses where
 * needed; a template prints blanks around operators.
 */
export type Lowering = string | ((call: LoweredCall) => string);

export interface LoweredCall {
  readonly args: readonly string[];
  readonly argTypes: readonly SqlType[];
  /** The arguments that are constants, by position. */
  readonly constants: readonly (Constant | undefined)[];
  readonly params: readonly Constant[];
  readonly returns: SqlType;
  /** Of the session: in which TIMESTAMP reads as a calendar. */
  readonly timezone: string;
  /** A lowered value of a type as JSON text, as TO_VARIANT gives it; NULL stays NULL. */
  toJson(text: string, type: SqlType): string;
}

/**
 * How an argument's type is written in a row:
 *
 * `String`, `Int64`, `Array(String)`  that type; what the coercion rules allow is cast to it
 * `Number`      any integer, decimal or float, as it is
 * `Integer`, `Decimal`  any of them, as it is
 * `T`, `U`      any type; the same letter is the same type, found as the common super type
 * `Array(T)`, `Map(K, V)`, `Vector`, `Tuple`
 * `Any`         any type, each argument on its own
 * `(T) -> Boolean`  a lambda
 * A last pattern that ends with `...` repeats, at least once.
 */
export type TypePattern = string;

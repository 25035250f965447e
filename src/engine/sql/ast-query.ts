import type { Span } from '../base/errors.ts';
import type {
  Call,
  Expr,
  Identifier,
  Lambda,
  ObjectName,
  OrderItem,
  StringLiteral,
  VariableRef,
  WindowSpec,
} from './ast.ts';

/** The tree of queries; expressions are in `ast.ts`. */

interface Node {
  readonly span: Span;
}

export interface Query extends Node {
  readonly kind: 'Query';
  readonly with: With | undefined;
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Expr | undefined;
  readonly offset: Expr | undefined;
  readonly ignoreResult: boolean;
}

export interface With {
  readonly recursive: boolean;
  readonly ctes: readonly Cte[];
}

export interface Cte extends Node {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly materialized: boolean;
  readonly query: Query;
}

/** A parenthesised query is a QueryBody too, with its own ORDER BY and LIMIT. */
export type QueryBody = Select | SetOperation | Values | Query;

export interface SetOperation extends Node {
  readonly kind: 'SetOperation';
  readonly operator: 'UNION' | 'EXCEPT' | 'INTERSECT';
  readonly all: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
}

export interface Values extends Node {
  readonly kind: 'Values';
  readonly rows: readonly (readonly Expr[])[];
}

export interface Select extends Node {
  readonly kind: 'Select';
  readonly hints: readonly Hint[];
  readonly distinct: boolean;
  readonly top: Expr | undefined;
  readonly items: readonly SelectItem[];
  /** Comma-separated items; a comma is a cross join. */
  readonly from: readonly TableRef[];
  readonly where: Expr | undefined;
  readonly groupBy: GroupBy | undefined;
  readonly having: Expr | undefined;
  readonly windows: readonly { readonly name: Identifier; readonly spec: WindowSpec }[];
  readonly qualify: Expr | undefined;
}

/** `SET_VAR(name=value)` out of a hint comment. */
export interface Hint {
  readonly name: string;
  readonly value: Expr;
}

export type SelectItem =
  | { readonly kind: 'ExprItem'; readonly expr: Expr; readonly alias: Identifier | undefined; readonly span: Span }
  | StarItem
  | { readonly kind: 'ColumnsItem'; readonly pattern: string | Lambda | StarItem; readonly span: Span };

/** `*`, `t.*`, `* EXCLUDE (a, b)`. */
export interface StarItem {
  readonly kind: 'StarItem';
  readonly qualifier: readonly Identifier[];
  readonly exclude: readonly Identifier[];
  readonly span: Span;
}

export type GroupBy =
  | { readonly kind: 'GroupAll'; readonly span: Span }
  | { readonly kind: 'GroupItems'; readonly items: readonly GroupItem[]; readonly span: Span };

export type GroupItem =
  | { readonly kind: 'GroupExpr'; readonly expr: Expr }
  | { readonly kind: 'Rollup' | 'Cube'; readonly items: readonly (readonly Expr[])[] }
  | { readonly kind: 'GroupingSets'; readonly sets: readonly (readonly Expr[])[] };

export interface TableAlias {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
}

export type TableRef = NamedTable | StagedFiles | DerivedTable | TableFunction | Join;

export interface NamedTable extends Node {
  readonly kind: 'NamedTable';
  readonly name: ObjectName;
  readonly alias: TableAlias | undefined;
  readonly travel: Travel | undefined;
  readonly changes: Changes | undefined;
  /** `WITH CONSUME`, `WITH (MAX_BATCH_SIZE = 10)`; option names in lower case. */
  readonly streamOptions: ReadonlyMap<string, string> | undefined;
  readonly sample: Sample | undefined;
  readonly pivot: Pivot | Unpivot | undefined;
}

/** `AT (SNAPSHOT => 'id')` and its kin. */
export interface Travel extends Node {
  readonly to: 'SNAPSHOT' | 'TIMESTAMP' | 'OFFSET' | 'VERSION' | 'STREAM' | 'TAG';
  /** The name of a TAG or STREAM is a ColumnRef. */
  readonly value: Expr;
  readonly noCheck: boolean;
}

/** `CHANGES (INFORMATION => DEFAULT) AT (…) [END (…)]`. */
export interface Changes extends Node {
  readonly appendOnly: boolean;
  readonly at: Travel;
  readonly end: Travel | undefined;
}

export interface Sample {
  readonly blockPercent: number | undefined;
  readonly rowPercent: number | undefined;
  readonly rows: number | undefined;
}

export interface Pivot {
  readonly kind: 'Pivot';
  readonly aggregate: Call;
  readonly column: Identifier;
  readonly values: readonly Expr[] | Query | { readonly any: readonly OrderItem[] };
  /** The name behind it; one before it is the reference's own. */
  readonly alias: TableAlias | undefined;
}

export interface Unpivot {
  readonly kind: 'Unpivot';
  readonly valueColumn: Identifier;
  readonly nameColumn: Identifier;
  readonly columns: readonly { readonly column: Identifier; readonly label: string | undefined }[];
  readonly alias: TableAlias | undefined;
}

/** Where files are: `@stage/path` or a URL. The text keeps neither the `@` nor its escapes. */
export type Location =
  | {
      readonly kind: 'StageLocation' /** `~` is the user's stage. */;
      readonly stage: string /** Without leading slash. */;
      readonly path: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'UriLocation';
      readonly uri: string;
      readonly connection: readonly OptionSetting[];
      readonly span: Span;
    };

export interface StagedFiles extends Node {
  readonly kind: 'StagedFiles';
  readonly location: Location;
  /** `(FILE_FORMAT => 'csv', PATTERN => '.*', FILES => ('a', 'b'))`. */
  readonly fileFormat: { readonly name: string; readonly span: Span } | undefined;
  readonly pattern: StringLiteral | VariableRef | undefined;
  readonly files: readonly string[] | undefined;
  readonly alias: TableAlias | undefined;
}

export interface DerivedTable extends Node {
  readonly kind: 'DerivedTable';
  readonly lateral: boolean;
  readonly query: Query;
  readonly alias: TableAlias | undefined;
  readonly pivot: Pivot | Unpivot | undefined;
}

export interface TableFunction extends Node {
  readonly kind: 'TableFunction';
  readonly lateral: boolean;
  readonly call: Call;
  readonly alias: TableAlias | undefined;
}

export type JoinType =
  | 'INNER'
  | 'LEFT'
  | 'RIGHT'
  | 'FULL'
  | 'CROSS'
  | 'LEFT SEMI'
  | 'RIGHT SEMI'
  | 'LEFT ANTI'
  | 'RIGHT ANTI'
  | 'INNER ANY'
  | 'LEFT ANY'
  | 'RIGHT ANY'
  | 'ASOF'
  | 'LEFT ASOF'
  | 'RIGHT ASOF'
  | 'FULL ASOF';

export interface Join extends Node {
  readonly kind: 'Join';
  readonly type: JoinType;
  readonly left: TableRef;
  readonly right: TableRef;
  readonly condition:
    | { readonly kind: 'On'; readonly expr: Expr }
    | { readonly kind: 'Using'; readonly columns: readonly Identifier[] }
    | { readonly kind: 'Natural' }
    | undefined;
}

/** One `NAME = value` of FILE_FORMAT, CONNECTION or a table's options; the name in upper case. */
export interface OptionSetting {
  readonly name: string;
  readonly value: OptionLiteral;
  readonly span: Span;
}

export type OptionLiteral =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'texts'; readonly value: readonly string[] };

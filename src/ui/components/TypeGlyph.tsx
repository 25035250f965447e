import './TypeGlyph.css';
import { Activity, Clock, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { type SqlType, type TypeKind, typeName } from '../../engine/index.ts';
import { cx } from '../lib/cx.ts';
import { Icon } from './Icon.tsx';
import { typeKindOf } from './type-kind.ts';

type TypeTint = 'str' | 'num' | 'time' | 'bool' | 'json' | 'geo' | 'vec' | 'bin';

interface Glyph {
  readonly tint: TypeTint;
  readonly mark: ReactNode;
}

const STRING: Glyph = { tint: 'str', mark: 'Abc' };
const INTEGER: Glyph = { tint: 'num', mark: '123' };
const FRACTION: Glyph = { tint: 'num', mark: '1.2' };
const TIME: Glyph = { tint: 'time', mark: <Icon of={Clock} /> };
const BINARY: Glyph = { tint: 'bin', mark: '01' };
const OBJECT: Glyph = { tint: 'json', mark: '{}' };
const PLACE: Glyph = { tint: 'geo', mark: <Icon of={MapPin} /> };

const GLYPHS: { readonly [K in TypeKind]: Glyph } = {
  Null: { tint: 'str', mark: '–' },
  Boolean: { tint: 'bool', mark: 'T/F' },
  UInt8: INTEGER,
  UInt16: INTEGER,
  UInt32: INTEGER,
  UInt64: INTEGER,
  Int8: INTEGER,
  Int16: INTEGER,
  Int32: INTEGER,
  Int64: INTEGER,
  Float32: FRACTION,
  Float64: FRACTION,
  Decimal: FRACTION,
  Date: TIME,
  Timestamp: TIME,
  TimestampTz: TIME,
  Interval: TIME,
  String: STRING,
  Binary: BINARY,
  Bitmap: BINARY,
  Variant: OBJECT,
  Map: OBJECT,
  Tuple: { tint: 'json', mark: '()' },
  Array: { tint: 'json', mark: '[]' },
  Vector: { tint: 'vec', mark: <Icon of={Activity} /> },
  Geometry: PLACE,
  Geography: PLACE,
};

/** A small tinted mark of one width, so that names beside it line up. The name of the type is its tooltip. */
export function TypeGlyph({ type }: { readonly type: SqlType }) {
  const { tint, mark } = GLYPHS[type.kind];
  return (
    <span className={cx('tg', tint)} title={typeName(type)} aria-hidden>
      {mark}
    </span>
  );
}

/** The same for a type that is known by its name only. */
export function TypeNameGlyph({ name }: { readonly name: string }) {
  const { tint, mark } = GLYPHS[typeKindOf(name) ?? 'String'];
  return (
    <span className={cx('tg', tint)} title={name} aria-hidden>
      {mark}
    </span>
  );
}

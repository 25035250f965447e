import { SqlError } from '../../base/errors.ts';
import { hint } from '../../base/hints.ts';
import { parser } from '../../sql/parser.ts';
import { plain } from '../../types/type.ts';
import { databaseById } from '../../warehouse/find.ts';
import { tagsOf } from '../../warehouse/object-tags.ts';
import { taggedObject } from '../run-tag.ts';
import { TAGGED } from '../syntax/tag.ts';
import { constantText } from './arguments.ts';
import type { TableFunctionSpec } from './table-function.ts';

const text = (name: string, nullable = false) => ({ name, type: plain('String'), nullable });

/** TAG_REFERENCES('<object>', '<kind>'): the tags that stand on an object. */
export const tagReferences: TableFunctionSpec = {
  name: 'tag_references',
  columns: [
    text('tag_name'),
    text('tag_value'),
    text('object_database', true),
    { name: 'object_id', type: plain('UInt64'), nullable: true },
    text('object_name'),
    text('domain'),
  ],
  rows: async ({ name: called, args, span }, ctx) => {
    const [name, kind] = args.map(constantText);
    const of = TAGGED.find((one) => one === kind?.toUpperCase());
    if (name === undefined || !of) {
      const message = `${called} takes the name of an object and its kind`;
      throw new SqlError('BadArguments', message, { span, hint: hint('kinds', TAGGED.join(', ')) });
    }
    const catalog = ctx.catalog();
    const p = parser(name);
    const parsed = { ...p.objectName('name'), span };
    const types = p.peek('(') ? p.parenthesized(() => (p.peek(')') ? [] : p.list(() => p.type()))) : [];
    p.end();
    const object = taggedObject({ of, ifExists: false, name: parsed, types }, catalog, ctx);
    if (!object) return [];
    const database = 'databaseId' in object ? (databaseById(catalog, object.databaseId)?.name ?? null) : null;
    return tagsOf(catalog, object).map(({ tag, value }) => [
      ...[tag.name, value, database],
      ...[BigInt(object.id), object.name, of],
    ]);
  },
};

import { SqlError } from '../../base/errors.ts';
import type { Identifier } from '../../sql/ast.ts';
import type { OptionSetting } from '../../sql/ast-query.ts';
import type { Parser } from '../../sql/parser.ts';
import { printIdentifier } from '../../sql/print.ts';
import { printOptions } from '../../sql/print-name.ts';
import { parseComment, printComment, printCreate, printIfExists, words } from './clauses.ts';
import type { CreateMode, Head, StatementNode } from './head.ts';

/** Each is undefined where nothing is said of it. */
export interface NotificationSettings {
  readonly enabled: boolean | undefined;
  readonly webhook: readonly OptionSetting[] | undefined;
  readonly comment: string | undefined;
}

export interface CreateNotification extends StatementNode, NotificationSettings {
  readonly kind: 'CreateNotification';
  readonly mode: CreateMode;
  readonly name: Identifier;
}

export interface AlterNotification extends StatementNode, NotificationSettings {
  readonly kind: 'AlterNotification';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

export interface DropNotification extends StatementNode {
  readonly kind: 'DropNotification';
  readonly ifExists: boolean;
  readonly name: Identifier;
}

export interface DescribeNotification extends StatementNode {
  readonly kind: 'DescribeNotification';
  readonly name: Identifier;
}

const WEBHOOK_OPTIONS = ['URL', 'METHOD', 'AUTHORIZATION_HEADER'];

/**
 * CREATE NOTIFICATION INTEGRATION [IF NOT EXISTS] <name> TYPE = WEBHOOK ENABLED = {TRUE | FALSE}
 *   [WEBHOOK = (URL = '…' [METHOD = '{GET | POST}'] [AUTHORIZATION_HEADER = '…'])] [COMMENT = '…']
 */
export function parseCreateNotification(p: Parser, { start, mode }: Head): CreateNotification {
  if (mode === 'CREATE OR REPLACE')
    throw new SqlError('SyntaxException', 'a notification integration cannot be replaced', { span: p.spanFrom(start) });
  const name = p.name();
  p.expect('TYPE = WEBHOOK');
  p.expect('ENABLED =');
  const enabled = p.boolean();
  const webhook = p.accept('WEBHOOK =') ? p.optionSettings(WEBHOOK_OPTIONS) : undefined;
  return {
    kind: 'CreateNotification',
    mode,
    name,
    enabled,
    webhook,
    comment: parseComment(p),
    span: p.spanFrom(start),
  };
}

export function printCreateNotification({ mode, name, ...settings }: CreateNotification): string {
  const head = printCreate(mode, 'NOTIFICATION INTEGRATION');
  return words(head, printIdentifier(name), 'TYPE = WEBHOOK', printSettings(settings));
}

/** ALTER NOTIFICATION INTEGRATION [IF EXISTS] <name> SET {ENABLED = … | WEBHOOK = (…) | COMMENT = '…'} … */
export function parseAlterNotification(p: Parser, { start, ifExists }: Head): AlterNotification {
  const name = p.name();
  p.expect('SET');
  const enabled = p.accept('ENABLED =') ? p.boolean() : undefined;
  const webhook = p.accept('WEBHOOK =') ? p.optionSettings(WEBHOOK_OPTIONS) : undefined;
  const comment = parseComment(p);
  if (enabled === undefined && webhook === undefined && comment === undefined) p.fail();
  return { kind: 'AlterNotification', ifExists, name, enabled, webhook, comment, span: p.spanFrom(start) };
}

export function printAlterNotification({ ifExists, name, ...settings }: AlterNotification): string {
  const head = words('ALTER NOTIFICATION INTEGRATION', printIfExists(ifExists), printIdentifier(name));
  return words(head, 'SET', printSettings(settings));
}

function printSettings({ enabled, webhook, comment }: NotificationSettings): string {
  return words(
    enabled !== undefined && `ENABLED = ${enabled ? 'TRUE' : 'FALSE'}`,
    webhook && `WEBHOOK = ${printOptions(webhook)}`,
    printComment(comment),
  );
}

/** DROP NOTIFICATION INTEGRATION [IF EXISTS] <name> */
export function parseDropNotification(p: Parser, { start, ifExists }: Head): DropNotification {
  return { kind: 'DropNotification', ifExists, name: p.name(), span: p.spanFrom(start) };
}

export function printDropNotification({ ifExists, name }: DropNotification): string {
  return words('DROP NOTIFICATION INTEGRATION', printIfExists(ifExists), printIdentifier(name));
}

/** {DESC | DESCRIBE} NOTIFICATION INTEGRATION <name> */
export function parseDescribeNotification(p: Parser, { start }: Head): DescribeNotification {
  return { kind: 'DescribeNotification', name: p.name(), span: p.spanFrom(start) };
}

export function printDescribeNotification({ name }: DescribeNotification): string {
  return `DESC NOTIFICATION INTEGRATION ${printIdentifier(name)}`;
}

import { floorDivide, MICROS_PER_DAY, MICROS_PER_SECOND, zoneOffset } from '../types/datetime.ts';
import type { PlainKind } from '../types/type.ts';
import type { FoldedCall, FunctionSession, FunctionSpec, Overload } from './function.ts';
import { on, scalar } from './row.ts';

/** What the session decides: known before anything runs, the same for all rows of a statement. */

function constant(type: PlainKind, value: (session: FunctionSession) => string | number | bigint): Overload {
  return on('', type, 'NULL', { nulls: 'never', fold: ({ session }) => value(session) });
}

/** The wall clock of the session, in microseconds. */
function localNow({ now, timezone }: FunctionSession): bigint {
  return now + zoneOffset(timezone, now) * MICROS_PER_SECOND;
}

const today = (session: FunctionSession) => Number(floorDivide(localNow(session), MICROS_PER_DAY));

/** HH:MM:SS and nine digits of a fraction, or as many as asked for. */
function currentTime({ session, constants: [precision] }: FoldedCall): string {
  const micros = localNow(session);
  const ofDay = micros - floorDivide(micros, MICROS_PER_DAY) * MICROS_PER_DAY;
  const clock = new Date(Number(ofDay / 1000n)).toISOString().slice(11, 19);
  const fraction = `${String(ofDay % MICROS_PER_SECOND).padStart(6, '0')}000`;
  const digits = precision === undefined || precision === null ? 9 : Math.min(9, Math.max(0, Number(precision)));
  return digits === 0 ? clock : `${clock}.${fraction.slice(0, digits)}`;
}

const TIME: readonly FunctionSpec[] = [
  scalar(
    'now current_timestamp',
    'The time at which the statement began.',
    [constant('Timestamp', ({ now }) => now)],
    [['now() = now()', 'true']],
  ),
  scalar(
    'today current_date',
    'The date in the time zone of the session.',
    [constant('Date', today)],
    [['today() = to_date(now())', 'true']],
  ),
  scalar(
    'tomorrow',
    'The day after today.',
    [constant('Date', (session) => today(session) + 1)],
    [['tomorrow() - today()', '1']],
  ),
  scalar(
    'yesterday',
    'The day before today.',
    [constant('Date', (session) => today(session) - 1)],
    [['today() - yesterday()', '1']],
  ),
  scalar(
    'current_time',
    'The time of day in the time zone of the session, with a fraction of nine digits or so many.',
    [
      on('', 'String', 'NULL', { nulls: 'never', fold: currentTime }),
      on('UInt64', 'String', 'NULL', { nulls: 'never', fold: currentTime }),
    ],
    [
      ['length(current_time())', '18'],
      ['length(current_time(0))', '8'],
    ],
  ),
  scalar(
    'timezone',
    'The time zone of the session.',
    [constant('String', ({ timezone }) => timezone)],
    [['timezone()', 'UTC']],
  ),
];

/** -1 is the newest query, 1 the first; what is out of range is an empty text. */
function lastQueryId({ session: { queryIds }, constants: [index = -1] }: FoldedCall): string {
  const position = Number(index);
  return (position < 0 ? queryIds.at(position) : queryIds[position - 1]) ?? '';
}

const SESSION: readonly FunctionSpec[] = [
  scalar(
    'version',
    'The version of the engine.',
    [constant('String', ({ version }) => version)],
    [['length(version()) > 0', 'true']],
  ),
  scalar(
    'current_database database schema',
    'The database that names without one belong to.',
    [constant('String', ({ database }) => database)],
    [['current_database()', 'default']],
  ),
  scalar(
    'current_catalog',
    'The catalog in use.',
    [constant('String', () => 'default')],
    [['current_catalog()', 'default']],
  ),
  scalar(
    'current_user user',
    'Who runs the statement.',
    [constant('String', () => "'root'@'%'")],
    [['current_user()', "'root'@'%'"]],
  ),
  scalar(
    'current_role',
    'The role in use.',
    [constant('String', () => 'account_admin')],
    [['current_role()', 'account_admin']],
  ),
  scalar('current_warehouse', 'The warehouse in use.', [constant('String', () => '')], [['current_warehouse()', '']]),
  scalar(
    'current_secondary_roles',
    'Whether secondary roles are in use.',
    [constant('String', () => 'ALL')],
    [['current_secondary_roles()', 'ALL']],
  ),
  scalar(
    'connection_id current_session_id client_session_id',
    'The id of the session.',
    [constant('String', ({ sessionId }) => sessionId)],
    [['connection_id() = current_session_id()', 'true']],
  ),
  scalar(
    'last_query_id',
    'The id of a query of this session: -1 the newest, 1 the first.',
    [
      on('', 'String', 'NULL', { nulls: 'never', fold: lastQueryId }),
      on('Int64', 'String', 'NULL', { nulls: 'never', fold: lastQueryId }),
    ],
    [['last_query_id(100000)', '']],
  ),
  {
    ...scalar(
      'sleep',
      'Waits so many seconds, at most 3, and gives 0.',
      [on('Float64', 'UInt8', 'CAST(0 AS UTINYINT)', { nulls: 'never' })],
      [['sleep(0.001)', '0']],
    ),
    volatile: true,
  },
  {
    ...scalar(
      'gen_random_uuid uuid',
      'A new UUID of version 7; later ones sort behind.',
      [on('', 'String', 'CAST(uuidv7() AS VARCHAR)', { nulls: 'never' })],
      [['length(gen_random_uuid())', '36']],
    ),
    volatile: true,
  },
];

export const contexts: readonly FunctionSpec[] = [...TIME, ...SESSION];

import { plain } from '../types/type.ts';
import { SETTINGS, type SettingSpec } from './settings.ts';
import type { SystemTable } from './table.ts';

const COLUMNS = ['name', 'value', 'default', 'range', 'level', 'description', 'type'];

export const settingsTable: SystemTable = {
  name: 'system.settings',
  columns: COLUMNS.map((name) => ({ name, type: plain('String'), nullable: false })),
  rows: ({ settings }) =>
    SETTINGS.map((setting) => {
      const { name, type, description } = setting;
      const level = settings.isSet(name) ? 'SESSION' : 'DEFAULT';
      return [name, settings.get(name), setting.default, rangeText(setting), level, description, type];
    }),
};

function rangeText({ range }: SettingSpec): string {
  if (!range) return 'None';
  const [first, last] = range;
  return typeof first === 'number' ? `[${first}, ${last}]` : `["${range.join('", "')}"]`;
}

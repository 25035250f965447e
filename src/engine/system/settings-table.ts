import { SETTINGS, type SettingSpec } from './settings.ts';
import { defineTable } from './table.ts';

export const settingsTable = defineTable({
  name: 'settings',
  columns: {
    name: 'String',
    value: 'String',
    default: 'String',
    range: 'String',
    level: 'String',
    description: 'String',
    type: 'String',
  },
  rows: ({ settings }) =>
    SETTINGS.map((setting) => ({
      name: setting.name,
      value: settings.get(setting.name),
      default: setting.default,
      range: rangeText(setting),
      level: settings.isSet(setting.name) ? 'SESSION' : 'DEFAULT',
      description: setting.description,
      type: setting.type,
    })),
});

function rangeText({ range }: SettingSpec): string {
  if (!range) return 'None';
  const [first, last] = range;
  return typeof first === 'number' ? `[${first}, ${last}]` : `["${range.join('", "')}"]`;
}

import type { ShowSettings } from '../types/show.ts';
import type { Settings } from './settings.ts';

/** How values look under these settings. */
export function showSettings(settings: Settings): ShowSettings {
  return {
    timezone: settings.get('timezone'),
    geometryOutputFormat: settings.get('geometry_output_format') as NonNullable<ShowSettings['geometryOutputFormat']>,
    binaryOutputFormat: settings.get('binary_output_format') as NonNullable<ShowSettings['binaryOutputFormat']>,
  };
}

/**
 * Where the keys of a command work: everywhere, outside of text fields only (bare keys), or in the grid, which handles
 * its own keys and is listed here for the shortcut sheet.
 */
export type Scope = 'everywhere' | 'outside text' | 'grid';

export interface Command {
  readonly keys: readonly string[];
  readonly scope: Scope;
  readonly group: CommandGroup;
}

export const COMMAND_GROUPS = ['console', 'worksheet', 'grid'] as const;

export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Every command that has a key or stands in the palette; the only list of keys. Titles are in the messages. */
export const COMMANDS = {
  openPalette: { keys: ['Mod+K'], scope: 'everywhere', group: 'console' },
  showShortcuts: { keys: ['F1', '?'], scope: 'outside text', group: 'console' },
  nextRegion: { keys: ['F6'], scope: 'everywhere', group: 'console' },
  previousRegion: { keys: ['Shift+F6'], scope: 'everywhere', group: 'console' },
  focusEditor: { keys: ['Mod+J E'], scope: 'everywhere', group: 'console' },
  focusResults: { keys: ['Mod+J R'], scope: 'everywhere', group: 'console' },
  focusTree: { keys: ['Mod+J T'], scope: 'everywhere', group: 'console' },
  toggleSide: { keys: ['Mod+J B'], scope: 'everywhere', group: 'console' },
  toggleDetail: { keys: ['Mod+J D'], scope: 'everywhere', group: 'console' },
  switchTheme: { keys: [], scope: 'everywhere', group: 'console' },
  switchDensity: { keys: [], scope: 'everywhere', group: 'console' },
  switchLanguage: { keys: [], scope: 'everywhere', group: 'console' },
  goHome: { keys: [], scope: 'everywhere', group: 'console' },
  goWorksheets: { keys: [], scope: 'everywhere', group: 'console' },
  goData: { keys: [], scope: 'everywhere', group: 'console' },
  goStages: { keys: [], scope: 'everywhere', group: 'console' },
  goLoad: { keys: [], scope: 'everywhere', group: 'console' },
  goStreams: { keys: [], scope: 'everywhere', group: 'console' },
  goTasks: { keys: [], scope: 'everywhere', group: 'console' },
  goConnections: { keys: [], scope: 'everywhere', group: 'console' },
  goHistory: { keys: [], scope: 'everywhere', group: 'console' },
  goLearn: { keys: [], scope: 'everywhere', group: 'console' },
  goSettings: { keys: [], scope: 'everywhere', group: 'console' },

  runStatement: { keys: ['Mod+Enter'], scope: 'everywhere', group: 'worksheet' },
  runAll: { keys: ['Mod+Shift+Enter'], scope: 'everywhere', group: 'worksheet' },
  cancelRun: { keys: ['Escape Escape'], scope: 'everywhere', group: 'worksheet' },
  profileStatement: { keys: ['Mod+Alt+Enter'], scope: 'everywhere', group: 'worksheet' },
  formatSql: { keys: ['Alt+Shift+F'], scope: 'everywhere', group: 'worksheet' },
  quickFix: { keys: ['Mod+.'], scope: 'everywhere', group: 'worksheet' },
  nextError: { keys: ['F8'], scope: 'everywhere', group: 'worksheet' },
  previousError: { keys: ['Shift+F8'], scope: 'everywhere', group: 'worksheet' },
  newWorksheet: { keys: ['Mod+J N'], scope: 'everywhere', group: 'worksheet' },
  closeWorksheet: { keys: ['Mod+J W'], scope: 'everywhere', group: 'worksheet' },
  reopenWorksheet: { keys: ['Mod+J Shift+W'], scope: 'everywhere', group: 'worksheet' },
  renameWorksheet: { keys: [], scope: 'everywhere', group: 'worksheet' },
  pinWorksheet: { keys: ['Mod+J P'], scope: 'everywhere', group: 'worksheet' },
  splitWorksheets: { keys: ['Mod+J S'], scope: 'everywhere', group: 'worksheet' },
  previousWorksheet: { keys: ['Mod+J ArrowLeft'], scope: 'everywhere', group: 'worksheet' },
  nextWorksheet: { keys: ['Mod+J ArrowRight'], scope: 'everywhere', group: 'worksheet' },

  gridMove: { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], scope: 'grid', group: 'grid' },
  gridPage: { keys: ['PageUp', 'PageDown'], scope: 'grid', group: 'grid' },
  gridRowEnds: { keys: ['Home', 'End'], scope: 'grid', group: 'grid' },
  gridEnds: { keys: ['Mod+Home', 'Mod+End'], scope: 'grid', group: 'grid' },
  gridExtend: { keys: ['Shift+ArrowDown', 'Shift+ArrowRight'], scope: 'grid', group: 'grid' },
  gridSelectAll: { keys: ['Mod+A'], scope: 'grid', group: 'grid' },
  gridSelectRow: { keys: ['Shift+Space'], scope: 'grid', group: 'grid' },
  gridSelectColumn: { keys: ['Mod+Space'], scope: 'grid', group: 'grid' },
  gridOpenCell: { keys: ['Enter'], scope: 'grid', group: 'grid' },
  gridCopy: { keys: ['Mod+C'], scope: 'grid', group: 'grid' },
  gridCellMenu: { keys: ['Shift+F10'], scope: 'grid', group: 'grid' },
  gridMoveColumn: { keys: ['Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight'], scope: 'grid', group: 'grid' },
  findColumn: { keys: ['Mod+J G'], scope: 'everywhere', group: 'grid' },
  gridResizeColumn: { keys: ['Alt+ArrowLeft', 'Alt+ArrowRight'], scope: 'grid', group: 'grid' },
} as const satisfies { readonly [id: string]: Command };

export type CommandId = keyof typeof COMMANDS;

export const COMMAND_IDS = Object.keys(COMMANDS).filter((id): id is CommandId => id in COMMANDS);

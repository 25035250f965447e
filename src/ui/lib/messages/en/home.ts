/** What a language calls the starters, by file; they name themselves in English. */
const STARTERS: { readonly [file: string]: { readonly title: string; readonly about: string } } = {};

export const homeMessages = {
  title: 'Files in, SQL out, all in this tab',
  lead: 'Boathouse reads Parquet, CSV and NDJSON and runs Databend’s SQL on them. What you load stays in this browser.',
  sample: {
    title: 'Start with CityDrive',
    about: (days: string, files: string, tables: string, size: string) =>
      `${days} days of dash-cam drives: ${files} files for ${tables} tables, ${size}. Bundled, works offline.`,
    rows: (count: string, one: boolean) => `${count} ${one ? 'row' : 'rows'}`,
    load: 'Load CityDrive',
    again: 'Load again',
    openTour: 'Open the tour',
    show: 'Show what it runs',
    shown: 'What Load CityDrive runs',
    shownHint:
      'It creates a stage, copies the files into it and loads six tables from them. A table that is there is left alone.',
    loaded: (files: string) => `${files} files are in @citydrive_stage`,
    progress: 'Loading CityDrive',
    loading: (done: string, total: string, bytes: string) => `${done} of ${total} files, ${bytes}`,
    failed: 'CityDrive was not loaded',
  },
  open: {
    title: 'Open a file',
    about: 'Drop files anywhere on the page, or choose them. They are copied into your user stage, @~, on this device.',
    formats: 'Parquet, CSV, TSV, NDJSON; also gzip, zstd, bzip2 and xz',
    choose: 'Choose files',
    mount: 'Mount a folder',
  },
  kept: {
    title: 'What stays here',
    tables: 'Tables, stages and their files',
    tablesWhere: 'in this browser’s private file system',
    worksheets: 'Worksheets',
    worksheetsWhere: 'encrypted on this device',
    network: 'Sent to a server',
    networkWhere: 'nothing, unless a stage points to one',
  },
  recent: {
    title: 'Recent worksheets',
    none: 'Worksheets that you write in are listed here.',
    new: 'New worksheet',
    all: 'All worksheets',
    empty: 'empty',
    today: (clock: string) => `today ${clock}`,
    yesterday: 'yesterday',
  },
  starters: {
    title: 'Starter worksheets',
    about: 'CityDrive, step by step',
    sheets: STARTERS,
    open: 'Open',
    failed: 'The starter worksheets could not be read.',
  },
  keys: { palette: 'find anything', run: 'run the statement', shortcuts: 'all shortcuts' },
};

type Template = string | ((...values: string[]) => string);

/** What to do next, by name, in English; the console says the same in its own language. A value stands where it is known. */
export const HINTS = {
  // What is written
  stringOpen: 'The string that opens here is never closed.',
  nameOpen: 'The quoted name that opens here is never closed.',
  codeOpen: 'The code string that opens here is never closed with `$$`.',
  commentOpen: 'The comment that opens here is never closed with `*/`.',
  binaryDigits: "A binary literal is an even number of hexadecimal digits: X'4D5A'.",
  dollar: '`$` starts a column position, `$1`, or a variable, `$name`.',
  fullWidth: (plain: string) => `This is a full-width character; write \`${plain}\`.`,
  quoteName: (quoted: string) => `A name with such letters stands in quotes: \`${quoted}\`.`,
  noToken: 'No token starts with this character.',
  inScope: (names: string) => `In scope: ${names}`,
  fromStage: 'Write SELECT … FROM @stage (FILE_FORMAT => …) in the place of FROM @stage.',
  nameColumns: 'Name the columns of the clause instead of *.',
  kinds: (kinds: string) => `Kinds are ${kinds}.`,

  // Values
  castDecimal: 'Cast it: DECIMAL(38, s) and DOUBLE can be calculated with.',
  tryCast: 'TRY_CAST gives NULL where a value cannot be cast.',
  lossyText: "Consider setting binary_output_format to 'UTF-8-LOSSY'.",
  coalesce: 'Leave the rows out, or give the column a value with COALESCE.',
  falseForRow: (condition: string) => `${condition} is false for a row.`,

  // Objects
  comesFirst: (statement: string) => `${statement} comes first.`,
  unsetTagFirst: (objects: string) => `UNSET TAG comes first: it stands on ${objects}.`,
  dropOf: (kind: string) => `DROP ${kind} and the like are for it.`,
  switchOn: (setting: string) => `SET ${setting} = 1 switches it on.`,
  addVirtual: 'A VIRTUAL one can be added: its values can be read the same way.',
  clusterBy: (table: string) => `ALTER TABLE ${table} CLUSTER BY (…) gives it a key.`,
  createIndex: (create: string) => `${create} makes one; it has to cover all columns of the search.`,
  copyToWrite: 'CREATE TABLE … AS SELECT makes a copy that can be written.',
  streamAnew: 'CREATE OR REPLACE STREAM begins anew, at the table as it is.',
  trackChanges: (table: string) =>
    `ALTER TABLE ${table} SET OPTIONS (change_tracking = true) tracks changes from then on.`,
  undropTable: (table: string) => `UNDROP TABLE ${table} revives the stream; a new table of that name does not.`,
  consumedElsewhere: 'Nothing was consumed or written here. Run the statement again: it takes what is pending then.',

  // What Databend has and a page has not
  onlyYou: 'Whoever has the page has all of it: there are no other users to keep out.',
  joinInstead: 'Join with a table, or with files of a stage.',
  taskInstead: 'A task that runs COPY INTO loads new files as they come.',
  noWarehouse: 'Statements run in this page; there is nothing to start or to size.',
  readInPlace: 'Tables of others are read where they are: CREATE TABLE … LOCATION, or a stage.',
  sqlFunction: 'A page runs no code that a warehouse brings along: write the function in SQL, LANGUAGE left out.',

  // Files
  createStage: 'SHOW STAGES lists the stages there are; CREATE STAGE, or New stage under Stages, makes one.',
  listFiles: (stage: string) => `LIST ${stage} shows the files that are there.`,
  badRecord:
    'A query reads the file only if all of it can be read: mend the record, or load the others by COPY INTO … ON_ERROR = CONTINUE.',
  wholeFile: 'The file is damaged, or was cut short on its way: get it again from where it was made.',
  otherKind:
    'It is another kind of file than its name says: rename it, or name its type with FILE_FORMAT = (TYPE = …).',
  inFile: (path: string) => `In file '${path}'.`,
  sameSchema: 'Name the columns that all files have, or choose files of one schema with PATTERN.',
  fieldDefault: 'MISSING_FIELD_AS = FIELD_DEFAULT gives it its default.',
  continueOnError: 'ON_ERROR = CONTINUE loads the good rows and lists the bad ones.',
  nameEncoding: "Name the file's encoding with ENCODING, or take ENCODING_ERROR_MODE = replace.",
  oneRecord: 'A quote that is never closed, or another RECORD_DELIMITER than the file has, makes one record of many.',
  writable: 'GZIP, ZSTD, DEFLATE, RAW_DEFLATE, ZIP and NONE can be written.',
  downloadInstead: 'Download the file from the stage, or mount a folder and unload into its stage.',
  dropFile: 'Drop the file on the page: it is uploaded by a PUT of its own.',
  uploadInstead: 'Connect a local folder, or upload the files to a stage; the shell reads fs:/// URLs.',

  // Places on this device
  makeRoom:
    'Make room: REMOVE staged files, DROP tables, OPTIMIZE TABLE … PURGE, or free space on the disk of this device.',
  letKeep: 'Leave private browsing, or allow this site to store data in the settings of the browser.',
  reconnect:
    'Browsers forget the permission when a page is closed: reconnect the folder in the stage browser, and run the statement again.',
  mountAgain: 'Mount it under Stages, by the same name.',
  mountToWrite: 'Give the page the right to write when you mount the folder, or use an internal stage.',

  // Links
  presigned: 'A presigned https:// URL of a file can be read.',
  onlyBuckets: 'Only files in a bucket have links that others can use; GET copies a file of any stage to this device.',
  nameFiles: 'A web server has no listing: name the files, one by one or as {1,2} and [1-9].',
  tryLater: 'Try again later.',
  serverBusy: 'The server is busy or broken; try again later.',
  linkCors: (origin: string) =>
    `Most likely the bucket behind the link has no CORS rule for ${origin}: add the rule below to it. The server may also be down.`,
  serverCors: (host: string) =>
    `The server may be down. A page can also read only from servers that allow it (CORS): ${host} must answer with 'Access-Control-Allow-Origin'.`,
  freshLink: 'Paste a fresh link: the same file by another link is known again, loaded rows and cached bytes included.',
  notPublic: 'The file may not be public.',
  wholeLink: 'The link is signed for one file and must be pasted whole, with all that follows the question mark.',
  allowAddress: 'Only the addresses that are listed under Settings may be contacted: add it there.',

  // Buckets and their keys
  corsRule: 'CORS rule of the bucket',
  bucketCors: (origin: string) =>
    `Most likely the bucket has no CORS rule for ${origin}: add the rule below to it. It may also be that ENDPOINT_URL is wrong or the network is down.`,
  exposeEtag: "The bucket's CORS rule must expose ETag for objects that are uploaded in parts.",
  checkEndpoint: 'Check ENDPOINT_URL and the network.',
  checkBucket: (host: string) => `Check the name; the bucket was looked for at ${host}.`,
  ownRegion: "Give the bucket's own REGION, and an ENDPOINT_URL of it.",
  unknownKey: (host: string) =>
    `${host} does not know this ACCESS_KEY_ID: check it, and the ENDPOINT_URL. Temporary keys want their SESSION_TOKEN too.`,
  wrongSecret: 'SECRET_ACCESS_KEY is not the one of this ACCESS_KEY_ID: copy it again, without blanks.',
  policyOf: (action: string, resource: string) =>
    `The keys are right, but their policy must allow ${action} on ${resource}.`,
  giveKeys: 'The bucket does not let everybody in: give ACCESS_KEY_ID and SECRET_ACCESS_KEY in CONNECTION.',
  bothKeys: 'Give ACCESS_KEY_ID and SECRET_ACCESS_KEY together, or neither for a public bucket.',
  freshKeys: 'Temporary keys end after hours: give fresh ones, all three of them, to the connection.',
  assumeElsewhere: 'Assume it elsewhere and give the temporary keys with their SESSION_TOKEN.',
  clockOff:
    'The clock of this machine is more than 15 minutes off: set it, since every request is signed with the time.',
  clockBehind: (minutes: string, server: string) =>
    `The clock of this machine is ${minutes} minutes behind the server's (${server}): set it, since every request is signed with the time.`,
  clockAhead: (minutes: string, server: string) =>
    `The clock of this machine is ${minutes} minutes ahead of the server's (${server}): set it, since every request is signed with the time.`,
  keysAgain: (statement: string) =>
    `Keys never enter the warehouse, and those of a session end with the tab that they were given in. Give them again: ${statement} – or keep keys in this browser.`,
  unlock: 'Unlock it with its passphrase: the lock in the top bar, or Connections.',
  createConnection: "Create a connection and name it: CONNECTION => (CONNECTION_NAME = '…').",
  nameConnection: "CREATE CONNECTION keeps them; then CONNECTION = (CONNECTION_NAME = 'name') names it.",
} as const satisfies { readonly [name: string]: Template };

type Hints = typeof HINTS;
export type HintName = keyof Hints;

/** The same hints in another language. */
export type HintWords = { readonly [K in HintName]: Hints[K] extends string ? string : Hints[K] };

type ValuesOf<K extends HintName> = Hints[K] extends (...values: infer Values) => string ? Values & string[] : [];

/** One hint with its values, as plain data: it crosses the worker, and is worded where it is shown. */
export interface ErrorHint {
  readonly name: HintName;
  readonly values: readonly string[];
}

export function hint<K extends HintName>(name: K, ...values: ValuesOf<K>): ErrorHint {
  return { name, values };
}

/** The hint, if it is one of ours: what another version of the page has kept may not be. */
export function knownHint(kept: ErrorHint | undefined): ErrorHint | undefined {
  return kept && Object.hasOwn(HINTS, kept.name ?? '') ? kept : undefined;
}

export function hintText({ name, values }: ErrorHint, words: HintWords = HINTS): string {
  const template: Template = words[name];
  return typeof template === 'string' ? template : template(...values);
}

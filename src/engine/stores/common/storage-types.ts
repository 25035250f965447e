import { SqlError } from '../../base/errors.ts';

/** A kind of storage that a connection may be of. How to add one: a row below, and what opens its URLs in `../index.ts`. */
export interface StorageType {
  readonly name: string;
  readonly parameters: readonly StorageParameter[];
}

export interface StorageParameter {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Never written to the catalog. */
  readonly secret: boolean;
  readonly required: boolean;
}

/** Values of a connection by lower-case name. */
export type ConnectionValues = Readonly<Record<string, string>>;

/** `endpoint_url!` is required, `token*` secret, what follows a slash another name of the same. */
function parameter(text: string): StorageParameter {
  const [first = '', ...aliases] = text.split('/');
  return { name: first.replace(/[!*]/g, ''), aliases, secret: first.includes('*'), required: first.includes('!') };
}

function type(name: string, parameters: string): StorageType {
  return { name, parameters: parameters.split(' ').filter(Boolean).map(parameter) };
}

const TYPES: readonly StorageType[] = [
  type(
    's3',
    'endpoint_url region access_key_id*/aws_key_id secret_access_key*/aws_secret_key ' +
      'security_token*/session_token/aws_token master_key* enable_virtual_host_style role_arn/aws_role_arn ' +
      'external_id*/aws_external_id',
  ),
  type('azblob', 'endpoint_url! account_name account_key*'),
  type('gcs', 'endpoint_url credential*'),
  type('oss', 'endpoint_url! presign_endpoint_url access_key_id* access_key_secret* role_arn'),
  type('obs', 'endpoint_url! access_key_id* secret_access_key*'),
  type('cos', 'endpoint_url! secret_id* secret_key*'),
  type('ipfs', 'endpoint_url'),
  type('hf', 'repo_type revision token*'),
  type('http', ''),
  type('https', ''),
  type('fs', ''),
  type('webhdfs', 'endpoint_url! https delegation* disable_list_batch user_name'),
  type('hdfs', 'name_node!'),
];

/** The type of that name, in any case. */
export function storageType(name: string): StorageType {
  const found = TYPES.find((candidate) => candidate.name === name.toLowerCase());
  if (found) return found;
  throw new SqlError('StorageOther', `invalid input parameter (protocol ${name.toLowerCase()} is not supported yet.)`, {
    suggestions: TYPES.map((known) => known.name),
  });
}

export function isSecret({ parameters }: StorageType, name: string): boolean {
  return parameters.some((known) => known.secret && namesOf(known).includes(name));
}

const namesOf = ({ name, aliases }: StorageParameter) => [name, ...aliases];

/** Throws for names that the type does not know, and for those that it must have. */
export function checkParameters({ name, parameters }: StorageType, names: readonly string[]): void {
  const known = parameters.flatMap(namesOf).sort();
  const unknown = names.filter((given) => !known.includes(given));
  if (unknown.length > 0) {
    throw new SqlError(
      'StorageOther',
      `invalid input parameter (connection params invalid: expected [${known.join(', ')}], got [${unknown.join(', ')}])`,
    );
  }
  const missing = parameters.find((one) => one.required && !namesOf(one).some((given) => names.includes(given)));
  if (!missing) return;
  throw new SqlError('StorageOther', `invalid input parameter (${missing.name} is required for storage ${name})`);
}

/** The same values by the first name of each parameter. */
export function canonicalValues({ parameters }: StorageType, values: ConnectionValues): ConnectionValues {
  const canonical: Record<string, string> = {};
  for (const known of parameters) {
    const value = namesOf(known)
      .map((name) => values[name])
      .find((given) => given !== undefined && given !== '');
    if (value !== undefined) canonical[known.name] = value;
  }
  return canonical;
}

import { predicateKernel, textKernel } from '../../frame.ts';
import type { Kernel } from '../../kernel.ts';
import { type JsonNode, readNode, writeNode } from '../node.ts';
import { evaluatePath, matchesPath } from './evaluate.ts';
import { parseJsonPath } from './parse.ts';

function find(json: string, path: string): readonly JsonNode[] {
  return evaluatePath(parseJsonPath(path), readNode(json));
}

/** Each value behind a record separator, as in `lists.ts`. */
const items = textKernel('json_path_items', ['text', 'text'], (json: string, path: string) =>
  find(json, path)
    .map((node) => `\x1e${writeNode(node)}`)
    .join(''),
);

export const pathKernels: readonly Kernel[] = [
  items,
  textKernel('json_path_array', ['text', 'text'], (json: string, path: string) => writeNode(find(json, path))),
  textKernel('json_path_first', ['text', 'text'], (json: string, path: string) => {
    const [first] = find(json, path);
    return first === undefined ? null : writeNode(first);
  }),
  predicateKernel('json_path_exists', ['text', 'text'], (json: string, path: string) => find(json, path).length > 0),
  predicateKernel(
    'json_path_match',
    ['text', 'text'],
    (json: string, path: string) => matchesPath(parseJsonPath(path), readNode(json)) ?? null,
  ),
];

import { type CancellationToken, type editor, languages, type Position } from 'monaco-editor/editor';
import { COMPLETION_LIMIT, type Completion, isAbort, type Session } from '../../../../engine/index.ts';
import { sessionOf } from '../../../data/runs.ts';
import { format } from '../../../lib/format.ts';
import { engineDoc, functionDoc } from '../../../lib/messages/messages.ts';
import { problemsOf } from '../problems.ts';
import { hoverText, registerInsertExample } from './hover.ts';
import { LANGUAGE } from './language.ts';
import { worksheetOf } from './models.ts';
import { rangeOfSpan, spanOfRange } from './place.ts';

const { CompletionItemKind } = languages;

const KINDS: { readonly [K in Completion['kind']]: languages.CompletionItemKind } = {
  keyword: CompletionItemKind.Keyword,
  function: CompletionItemKind.Function,
  table: CompletionItemKind.Struct,
  view: CompletionItemKind.Interface,
  column: CompletionItemKind.Field,
  database: CompletionItemKind.Module,
  stage: CompletionItemKind.Folder,
  folder: CompletionItemKind.Folder,
  file: CompletionItemKind.File,
  format: CompletionItemKind.EnumMember,
  setting: CompletionItemKind.Property,
  option: CompletionItemKind.Property,
  key: CompletionItemKind.Field,
  type: CompletionItemKind.TypeParameter,
  stream: CompletionItemKind.Event,
  task: CompletionItemKind.Method,
  connection: CompletionItemKind.Reference,
};

/** Completion, signatures, hover and quick fixes, all asked of the worksheet's session. */
export function registerProviders(): void {
  languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['.', '@', '/', ':', "'", '='],
    provideCompletionItems: (model, position, _, token) => complete(model, position, token),
    resolveCompletionItem: resolved,
  });
  languages.registerHoverProvider(LANGUAGE, {
    provideHover: (model, position, token) => hover(model, position, token),
  });
  languages.registerSignatureHelpProvider(LANGUAGE, {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    provideSignatureHelp: (model, position, token) => signatureHelp(model, position, token),
  });
  registerInsertExample();
  languages.registerCodeActionProvider(LANGUAGE, { provideCodeActions: quickFixes });
}

/** Asks about a place; nothing when the worksheet has no session or the question is taken back. */
async function ask<T>(
  model: editor.ITextModel,
  token: CancellationToken,
  question: (session: Session, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const worksheet = worksheetOf(model);
  if (worksheet === undefined) return undefined;
  const controller = new AbortController();
  const listening = token.onCancellationRequested(() => controller.abort());
  try {
    return await question(sessionOf(worksheet), controller.signal);
  } catch (error) {
    if (!isAbort(error)) throw error;
    return undefined;
  } finally {
    listening.dispose();
  }
}

async function complete(model: editor.ITextModel, position: Position, token: CancellationToken) {
  const [text, offset] = [model.getValue(), model.getOffsetAt(position)];
  const found = await ask(model, token, (session, signal) => session.complete(text, offset, signal));
  if (token.isCancellationRequested || model.isDisposed()) return { suggestions: [] };
  const suggestions = (found ?? []).map((item, index) => completionItem(model, item, index));
  return { suggestions, incomplete: suggestions.length >= COMPLETION_LIMIT };
}

/** In the order that the engine gives. */
function completionItem(model: editor.ITextModel, item: Completion, index: number): languages.CompletionItem {
  return {
    label: item.detail === undefined ? item.label : { label: item.label, description: detailOf(item) ?? '' },
    kind: KINDS[item.kind],
    insertText: item.insert,
    range: rangeOfSpan(model, item.span),
    sortText: String(index).padStart(6, '0'),
    // What is put in with quotes is found by what stands in them, a stage without its sign.
    ...(/^'/.test(item.insert) ? { filterText: item.insert.slice(1) } : {}),
    ...(item.kind === 'stage' ? { filterText: item.insert } : {}),
    ...(item.documentation === undefined ? {} : { documentation: item.documentation }),
    ...(/[/.]$|= $|= \(TYPE = $/.test(item.insert)
      ? { command: { id: 'editor.action.triggerSuggest', title: '' } }
      : item.kind === 'function'
        ? { command: { id: 'editor.action.triggerParameterHints', title: '' } }
        : {}),
  };
}

/** Sizes of files are told as everywhere in the console. */
function detailOf({ kind, detail }: Completion): string | undefined {
  const size = kind === 'file' ? /^(\d+) bytes$/.exec(detail ?? '')?.[1] : undefined;
  return size === undefined ? detail : format.bytes(Number(size));
}

/** The text on an item is fetched when it is looked at. */
async function resolved(item: languages.CompletionItem): Promise<languages.CompletionItem> {
  const { kind, label, documentation } = item;
  if (typeof documentation !== 'string') return item;
  if (kind !== CompletionItemKind.Function) return { ...item, documentation: await engineDoc(documentation) };
  const [doc = '', ...examples] = documentation.split('\n');
  const told = await functionDoc(typeof label === 'string' ? label : label.label, doc);
  return { ...item, documentation: [told, ...examples].join('\n') };
}

async function signatureHelp(model: editor.ITextModel, position: Position, token: CancellationToken) {
  const [text, offset] = [model.getValue(), model.getOffsetAt(position)];
  const found = await ask(model, token, (session, signal) => session.signatures(text, offset, signal));
  if (!found) return undefined;
  const doc = await functionDoc(found.overloads[0]?.label.split('(')[0] ?? '', found.doc);
  const documentation = [doc, found.example].filter((part) => part !== undefined).join('\n');
  const signatures = found.overloads.map(({ label, parameters }) => ({
    label,
    documentation,
    parameters: parameters.map((_, at) => ({ label: placeOfParameter(label, parameters, at) })),
  }));
  const { length = 1 } = found.overloads[found.active]?.parameters ?? [];
  // A pattern that repeats stands for all that follow.
  const activeParameter = Math.min(found.argument, length - 1);
  return { value: { signatures, activeSignature: found.active, activeParameter }, dispose: () => undefined };
}

/** Where a parameter stands in the label; two may read the same. */
function placeOfParameter(label: string, parameters: readonly string[], at: number): [number, number] {
  const start = parameters.slice(0, at).reduce((sum, { length }) => sum + length + 2, label.indexOf('(') + 1);
  return [start, start + (parameters[at]?.length ?? 0)];
}

async function hover(model: editor.ITextModel, position: Position, token: CancellationToken) {
  const [text, offset] = [model.getValue(), model.getOffsetAt(position)];
  const found = await ask(model, token, (session, signal) => session.hover(text, offset, signal));
  return found ? { range: rangeOfSpan(model, found.span), contents: await hoverText(found) } : undefined;
}

function quickFixes(model: editor.ITextModel, range: Parameters<typeof spanOfRange>[1]): languages.CodeActionList {
  const { start, end } = spanOfRange(model, range);
  const worksheet = worksheetOf(model);
  const near = worksheet === undefined ? [] : problemsOf(worksheet).get();
  const actions = near
    .filter(({ span }) => span.start <= end && span.end >= start)
    .flatMap(({ span, fixes }) =>
      fixes.map((text, index) => ({
        title: text,
        kind: 'quickfix',
        isPreferred: index === 0,
        edit: {
          edits: [{ resource: model.uri, versionId: undefined, textEdit: { range: rangeOfSpan(model, span), text } }],
        },
      })),
    );
  return { actions, dispose: () => undefined };
}

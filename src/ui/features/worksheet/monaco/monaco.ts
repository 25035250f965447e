import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/placeholderText/register';
import 'monaco-editor/features/smartSelect/register';
// The feature of that name brings inline completions only (0.57).
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import { languages } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { configuration, LANGUAGE, tokens } from './language.ts';
import { registerProviders } from './providers.ts';

let isReady = false;

/** Makes the editor know our language; once. */
export function prepareMonaco(): void {
  if (isReady) return;
  isReady = true;
  globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  languages.register({ id: LANGUAGE });
  languages.setMonarchTokensProvider(LANGUAGE, tokens);
  languages.setLanguageConfiguration(LANGUAGE, configuration);
  registerProviders();
}

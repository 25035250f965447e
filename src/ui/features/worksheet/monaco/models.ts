import { editor, Uri } from 'monaco-editor/editor';
import { LANGUAGE } from './language.ts';

const NO_COLOURS = { enabled: false, independentColorPoolPerBracketType: false };
const SCHEME = 'worksheet';

/** The model of a worksheet: its text, its undo and what is underlined in it. Lines end in \n, so that offsets are the engine's. */
export function modelOf(worksheet: string, text: string): editor.ITextModel {
  const uri = Uri.from({ scheme: SCHEME, path: `/${worksheet}` });
  const present = editor.getModel(uri);
  if (present) return present;
  const model = editor.createModel(text.replaceAll('\r\n', '\n'), LANGUAGE, uri);
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({ tabSize: 2, insertSpaces: true, bracketColorizationOptions: NO_COLOURS });
  return model;
}

export function worksheetOf(model: editor.ITextModel): string | undefined {
  return model.uri.scheme === SCHEME ? model.uri.path.slice(1) : undefined;
}

/** Drops the models of worksheets that are closed. */
export function keepModels(open: readonly string[]): void {
  for (const model of editor.getModels()) {
    const worksheet = worksheetOf(model);
    if (worksheet !== undefined && !open.includes(worksheet)) model.dispose();
  }
}

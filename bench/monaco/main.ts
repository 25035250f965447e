import * as monaco from 'monaco-editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

/** Monaco as it comes, with its own SQL: what the console's editor is held against. */
Object.assign(self, { MonacoEnvironment: { getWorker: () => new EditorWorker() } });

const editor = document.getElementById('editor');
if (editor) monaco.editor.create(editor, { language: 'sql', automaticLayout: true }).focus();

import { useEffect, useState } from 'react';
import type { FilePlace } from '../../../../data/staged-file.ts';
import { currentLanguage, useMessages } from '../../../../lib/messages/messages.ts';
import type { BaseLayer } from './base-layer.ts';

export interface DrawnBase {
  readonly layer?: BaseLayer;
  /** Another number where there is more to draw. */
  readonly turn: number;
  readonly error?: unknown;
}

/** As archives tag names. */
const NAMES = { en: ['en'], zh: ['zh-Hans', 'zh'] } as const;

/** Opens an archive of tiles; what reads it is loaded with the first. */
export function useBaseLayer(place: FilePlace | null): DrawnBase {
  useMessages(); // Another language names places anew.
  const language = currentLanguage();
  const [base, setBase] = useState<DrawnBase>({ turn: 0 });
  const [stage, path] = [place?.stage, place?.path];
  useEffect(() => {
    if (stage === undefined || path === undefined) return;
    let isOver = false;
    const change = (next: (base: DrawnBase) => DrawnBase) => isOver || setBase(next);
    const onError = (error: unknown) => change((now) => ({ ...now, error }));
    const onTile = () => change((now) => ({ ...now, turn: now.turn + 1 }));
    import('./base-layer.ts')
      .then(({ openBaseLayer }) => openBaseLayer({ stage, path }, { languages: NAMES[language], onTile, onError }))
      .then((layer) => change(({ turn }) => ({ layer, turn: turn + 1 })), onError);
    return () => {
      isOver = true;
      setBase({ turn: 0 });
    };
  }, [stage, path, language]);
  return base;
}

import { useMessages } from '../../lib/messages/messages.ts';
import { showRoute } from '../../lib/router.ts';
import type { StageView } from './stage-route.ts';

/** The way down to a folder; each step but the last goes back up. */
export function Crumbs({ view: { stage, folder } }: { readonly view: StageView }) {
  const { stages: words } = useMessages();
  const folders = folder.split('/').filter(Boolean);
  const names = [words.root(stage), ...folders];
  return (
    <nav className="crumbs" aria-label={words.crumbs}>
      <ol>
        {names.map((name, depth) => {
          const path = [stage, ...folders.slice(0, depth)];
          return (
            <li key={path.join('/')}>
              {depth === names.length - 1 ? (
                <b aria-current="page">{name}</b>
              ) : (
                <a href={showRoute({ place: 'stages', path })}>{name}</a>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

import { useMessages } from '../lib/messages/messages.ts';
import { Button } from './Button.tsx';
import { EmptyState } from './Feedback.tsx';

/** In the place of a tree of which a filter leaves nothing. */
export function NothingFits({ onReset }: { readonly onReset: () => void }) {
  const { common } = useMessages();
  const all = (
    <Button size="s" onClick={onReset}>
      {common.showAll}
    </Button>
  );
  return <EmptyState actions={all}>{common.nothingFits}</EmptyState>;
}

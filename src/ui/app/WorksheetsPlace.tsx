import { Place } from '../components/frame/Place.tsx';
import { useActiveWorksheet } from '../data/worksheets.ts';
import { useMessages } from '../lib/messages/messages.ts';

export function WorksheetsPlace() {
  const { places } = useMessages();
  const sheet = useActiveWorksheet();
  return <Place title={sheet?.name ?? places.worksheets}>{sheet?.text}</Place>;
}

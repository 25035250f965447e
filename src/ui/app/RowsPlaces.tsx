import { DataPlace } from '../features/catalog/DataPlace.tsx';
import { StagesPlace } from '../features/stages/StagesPlace.tsx';
import { useWorkDetail } from './work-detail.tsx';

/** Places that show rows, and what is in a cell of them beside. */
export function DataScreen() {
  return <DataPlace {...useWorkDetail()} />;
}

export function StagesScreen() {
  return <StagesPlace {...useWorkDetail()} />;
}

import { Crosshair } from 'lucide-react';
import { Button } from '../../../components/Button.tsx';
import { Facts } from '../../../components/Facts.tsx';
import { Sparkline } from '../../../components/Sparkline.tsx';
import { format } from '../../../lib/format.ts';
import { useMessages } from '../../../lib/messages/messages.ts';

export interface VectorFacts {
  readonly length: number;
  readonly norm: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
}

export function vectorFacts(values: readonly number[]): VectorFacts {
  let [squares, sum, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    squares += value * value;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { length: values.length, norm: Math.sqrt(squares), least, most, mean: sum / values.length };
}

export interface VectorViewProps {
  readonly values: readonly number[];
  /** Shows the rows whose vectors are near this one. */
  readonly onNearest?: (() => void) | undefined;
}

/** The shape of a vector and its measures. */
export function VectorView({ values, onNearest }: VectorViewProps) {
  const { viewer } = useMessages();
  const { length, norm, least, most, mean } = vectorFacts(values);
  const facts: readonly (readonly [string, string])[] = [
    [viewer.length, format.integer(length)],
    [viewer.norm, format.number(norm)],
    [viewer.range, `${format.number(least)}, ${format.number(most)}`],
    [viewer.mean, format.number(mean, 5)],
  ] as const;
  return (
    <>
      <div className="viewer-block viewer-spark">
        <Sparkline values={values} />
      </div>
      <Facts className="viewer-block" facts={facts} />
      {onNearest && (
        <div className="viewer-block">
          <Button size="s" icon={Crosshair} title={viewer.nearestHint} onClick={onNearest}>
            {viewer.nearest}
          </Button>
        </div>
      )}
    </>
  );
}

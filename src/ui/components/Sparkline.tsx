import './Sparkline.css';
import { useMemo } from 'react';

const WIDTH = 100;
const HEIGHT = 16;

/** A list of numbers as one line that fills its box. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const points = useMemo(() => sparklinePoints(values), [values]);
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points} />
    </svg>
  );
}

/** At most one point a pixel: of each stretch of values its first. */
export function sparklinePoints(values: readonly number[]): string {
  const step = Math.max(1, Math.ceil(values.length / WIDTH));
  const taken = values.filter((value, index) => index % step === 0 && Number.isFinite(value));
  const least = Math.min(...taken);
  const span = Math.max(...taken) - least || 1;
  const last = Math.max(1, taken.length - 1);
  return taken
    .map((value, index) => {
      const x = (index / last) * WIDTH;
      const y = HEIGHT - 1 - ((value - least) / span) * (HEIGHT - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}

import './Histogram.css';

export interface HistogramProps {
  /** How many values each part holds, from the least to the greatest. */
  readonly counts: readonly number[];
}

/** Counts as bars that fill their box; the figures stand beside it. */
export function Histogram({ counts }: HistogramProps) {
  const most = Math.max(1, ...counts);
  const width = 100 / Math.max(1, counts.length);
  return (
    <svg className="histogram" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      {counts.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(1, (count / most) * 16);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar has no name but its place.
          <rect key={index} x={index * width} y={16 - height} width={width * 0.82} height={height} />
        );
      })}
    </svg>
  );
}

import { useMemo } from 'react';
import type { readWkb } from '../../../../engine/index.ts';
import { format } from '../../../lib/format.ts';
import { useMessages } from '../../../lib/messages/messages.ts';
import { type GeometryPicture, HEIGHT, pictureOf, WIDTH } from './geometry-map.ts';

/** A geometry over meridians and parallels, drawn here: no tile and no request. */
export function GeometryMap({ geometry }: { readonly geometry: ReturnType<typeof readWkb> }) {
  const { viewer } = useMessages();
  const picture = useMemo(() => pictureOf(geometry), [geometry]);
  if (!picture) return null;
  return (
    <svg className="geometry-map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={viewer.map(geometry.kind)}>
      <Graticule picture={picture} />
      {picture.areas.map((path) => (
        <path key={path} d={path} className="geometry-area" fillRule="evenodd" />
      ))}
      {picture.lines.map((path) => (
        <path key={path} d={path} className="geometry-line" />
      ))}
      {picture.points.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={3.5} className="geometry-point" />
      ))}
      <Scale picture={picture} />
    </svg>
  );
}

function Graticule({ picture: { meridians, parallels } }: { readonly picture: GeometryPicture }) {
  return (
    <g className="geometry-grid">
      {meridians.map(({ at, label }) => (
        <g key={label}>
          <line x1={at} x2={at} y1={0} y2={HEIGHT} />
          <text x={at + 2} y={HEIGHT - 3}>
            {label}
          </text>
        </g>
      ))}
      {parallels.map(({ at, label }) => (
        <g key={label}>
          <line x1={0} x2={WIDTH} y1={at} y2={at} />
          <text x={2} y={at - 2}>
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

function Scale({ picture: { scale } }: { readonly picture: GeometryPicture }) {
  const { viewer } = useMessages();
  const { width, length, isMetric } = scale;
  const end = WIDTH - 8;
  const unit = isMetric && length >= 1000 ? viewer.kilometres : viewer.metres;
  const figure = isMetric ? unit(format.number(length >= 1000 ? length / 1000 : length)) : format.number(length, 6);
  return (
    <g className="geometry-scale">
      <path d={`M${end - width} 12v4h${width}v-4`} />
      <text x={end} y={9} textAnchor="end">
        {figure}
      </text>
    </g>
  );
}

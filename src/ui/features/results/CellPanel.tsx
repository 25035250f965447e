import { type ReactNode, useMemo } from 'react';
import { geometryText, readWkb, showCell } from '../../../engine/index.ts';
import { Button } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { nameText } from '../../data/catalog.ts';
import { runSql } from '../../data/open-files.ts';
import { nearestSql } from '../../data/result-view.ts';
import { closeCell, type ShownCell } from '../../data/shown-cell.ts';
import { copyText } from '../../lib/clipboard.ts';
import { focusRegion } from '../../lib/focus.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { ColumnHead } from './ColumnHead.tsx';
import { GeometryMap } from './viewers/GeometryMap.tsx';
import { BytesView, TextView } from './viewers/TextView.tsx';
import { ValueTree } from './viewers/ValueTree.tsx';
import { VectorView } from './viewers/VectorView.tsx';
import { isNested, valueTree } from './viewers/value-tree.ts';

/** All of one cell: a tree, a text, a vector's shape, bytes, a geometry. */
export function CellPanel({ shown }: { readonly shown: ShownCell }) {
  const { viewer, common } = useMessages();
  const { column, place } = shown;
  const close = () => {
    closeCell();
    focusRegion('results');
  };
  const text = useMemo(() => wholeText(shown), [shown]);
  return (
    <>
      <ColumnHead
        column={column}
        more={viewer.row(format.integer(place.row + 1))}
        label={viewer.close}
        onClose={close}
      />
      <CellBody key={`${shown.result}/${place.row}/${place.column}`} shown={shown} text={text} />
      <div className="viewer-actions">
        <Button size="s" disabled={text === undefined} onClick={() => copyText(text ?? '')}>
          {common.copy}
        </Button>
      </div>
    </>
  );
}

function CellBody({ shown, text }: { readonly shown: ShownCell; readonly text: string | undefined }): ReactNode {
  const { grid, viewer } = useMessages();
  const { cell, column, settings, sql } = shown;
  const { type } = column;
  if (cell === undefined) return <p className="viewer-text grow faint">{grid.loading}</p>;
  if (cell === null) {
    return (
      <p className="viewer-text grow">
        <span className="null">{grid.null}</span>
      </p>
    );
  }
  if (isNested(type)) return <ValueTree root={valueTree(cell, type, settings)} name={nameText(column.name)} />;
  if (type.kind === 'Vector' && Array.isArray(cell)) {
    const values = cell.map(Number);
    const nearest = () => void runSql(viewer.nearest, nearestSql(sql ?? '', column.name, values), shown.worksheet);
    return <VectorView values={values} onNearest={sql === undefined ? undefined : nearest} />;
  }
  if (cell instanceof Uint8Array && (type.kind === 'Geometry' || type.kind === 'Geography')) {
    return <GeometryView bytes={cell} />;
  }
  if (cell instanceof Uint8Array) return <BytesView bytes={cell} />;
  return <TextView text={text ?? ''} />;
}

/** Where it is, what kind of shape, its SRID, and its WKT. */
function GeometryView({ bytes }: { readonly bytes: Uint8Array }) {
  const { viewer } = useMessages();
  const geometry = useMemo(() => readWkb(bytes), [bytes]);
  const { kind, srid } = geometry;
  return (
    <>
      <GeometryMap geometry={geometry} />
      <TextView text={geometryText(bytes, 'WKT')} />
      <Facts
        className="viewer-block"
        facts={[
          [viewer.shape, kind],
          [viewer.srid, srid ?? 0],
        ]}
      />
    </>
  );
}

function wholeText({ cell, column, settings }: ShownCell): string | undefined {
  return cell === undefined || cell === null ? undefined : showCell(cell, column.type, settings);
}

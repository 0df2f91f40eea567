// Types for the layout library, because those of the package do not resolve under TypeScript's `nodenext`.
import * as library from "@dagrejs/dagre";

/** A node or edge after the layout. */
export interface PlacedPart {
  readonly x: number;
  readonly y: number;
  readonly points: { readonly x: number; readonly y: number }[];
}

/** A graph of the library. */
export interface LayoutGraph {
  setGraph(options: {
    [option: string]: string | number | ((inner: LayoutGraph) => void);
  }): unknown;
  setNode(id: string, size: { width: number; height: number }): unknown;
  setEdge(from: string, to: string, label: { [key: string]: string | number }, id: string): unknown;
  node(id: string): PlacedPart;
  edge(from: string, to: string, id: string): PlacedPart;
}

interface Library {
  readonly Graph: new (options: { multigraph: boolean }) => LayoutGraph;
  readonly layout: (graph: LayoutGraph) => void;
}

/** The library. */
export const { Graph, layout } = library as unknown as Library;

/** Strongly connected parts of a graph (R. Tarjan, "Depth-first search and linear graph algorithms"). */

interface Visit {
  readonly node: bigint;
  readonly next: readonly bigint[];
  position: number;
}

/** The parts in topological order: an edge leads into the same part or a later one. Uses no stack for the depth of the graph. */
export function partsOf(nodes: ReadonlySet<bigint>, nextOf: (node: bigint) => readonly bigint[]): readonly bigint[][] {
  const order = new Map<bigint, number>();
  const lowest = new Map<bigint, number>();
  const open: bigint[] = [];
  const isOpen = new Set<bigint>();
  const parts: bigint[][] = [];
  const low = (node: bigint): number => lowest.get(node) ?? 0;
  const enter = (node: bigint): Visit => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, next: nextOf(node).filter((one) => nodes.has(one)), position: 0 };
  };
  const close = (node: bigint): void => {
    const part = open.splice(open.indexOf(node));
    for (const one of part) isOpen.delete(one);
    parts.push(part);
  };
  for (const root of nodes) {
    const visits = order.has(root) ? [] : [enter(root)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { node } = visit;
      const next = visit.next[visit.position++];
      if (next === undefined) {
        if (low(node) === order.get(node)) close(node);
        visits.pop();
        const above = visits.at(-1)?.node;
        if (above !== undefined) lowest.set(above, Math.min(low(above), low(node)));
      } else if (!order.has(next)) visits.push(enter(next));
      else if (isOpen.has(next)) lowest.set(node, Math.min(low(node), order.get(next) ?? 0));
    }
  }
  return parts.reverse();
}

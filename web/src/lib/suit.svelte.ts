// What every screen of the lawsuit needs: kinds of entities, sources, and titles of what is referred to.
import { api, type EntityField, type EntityKind, type EntityRow, type Source, type Statement } from "../api";
import { tOr } from "./i18n.svelte";

let kinds = $state.raw<ReadonlyMap<string, EntityKind>>(new Map());
let sources = $state.raw<ReadonlyMap<number, Source>>(new Map());
let entities = $state.raw<ReadonlyMap<string, EntityRow>>(new Map());

export const suit = {
  get kinds() {
    return kinds;
  },
  get sources() {
    return sources;
  },
  /** Every entity of the case by its reference. */
  get entities() {
    return entities;
  },
  ofKind(...wanted: string[]): EntityRow[] {
    return [...entities.values()].filter((one) => wanted.includes(one.kind));
  },
  titleOf(reference: string): string {
    return entities.get(reference)?.title ?? reference;
  },
};

/** Load what has changed; screens call it first, and after everything that is entered. */
export async function loadSuit(): Promise<void> {
  const [knownKinds, knownSources, rows] = await Promise.all([kinds.size ? null : api.kinds(), api.sources(), api.entities()]);
  if (knownKinds) kinds = new Map(knownKinds.map((kind) => [kind.id, kind]));
  sources = new Map(knownSources.map((source) => [source.id, source]));
  entities = new Map(rows.map((row) => [row.reference, row]));
}

/** What counts for a field: the first that is not withdrawn. */
export function valueOf(entity: { statements: readonly Statement[] }, field: string): string | null {
  return entity.statements.find((one) => one.field === field && one.rank !== "withdrawn")?.value ?? null;
}

/** All different values of a field, the one that counts first. */
export function valuesOf(entity: { statements: readonly Statement[] }, field: string): string[] {
  return [...new Set(entity.statements.filter((one) => one.field === field && one.rank !== "withdrawn").map((one) => one.value))];
}

export function kindTitle(kind: EntityKind | undefined, id: string): string {
  return tOr(`entity.${id}`, kind?.title ?? id);
}

export function fieldTitle(field: EntityField | undefined, id: string): string {
  return tOr(`fact.${id}`, field?.title ?? id);
}

/** A key that can be read, made of what people wrote. */
export function keyFrom(...parts: string[]): string {
  const plain = parts.join(" ").normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, 100).replace(/^-+|-+$/g, "") || "new";
}

/** The same, but of no entity of that kind yet. */
export function newReference(kind: string, ...parts: string[]): string {
  let reference = `${kind}/${keyFrom(...parts)}`;
  for (let n = 2; entities.has(reference); n += 1) reference = `${kind}/${keyFrom(...parts, String(n))}`;
  return reference;
}

/** Where an entity is looked at: some kinds have a screen of their own. */
export function addressOf(reference: string): string {
  const [kind, key] = reference.split("/");
  if (kind === "order") return `/orders/${key}`;
  if (kind === "request") return `/requests/${key}`;
  return `/e/${reference}`;
}

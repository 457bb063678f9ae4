// What a list of documents is filtered and sorted by; the address carries it.
import type { FacetName, Query } from "../api";

export const LIST_FILTERS: readonly FacetName[] = ["production", "agency", "kind", "custodian", "person", "language", "finding"];
const SINGLE = ["date_from", "date_to", "severity", "q", "sort", "descending"] as const;

/** The filters and order in an address; unknown parameters are left out. */
export function filtersOf(parameters: URLSearchParams): Query {
  const query: Record<string, string | string[]> = {};
  for (const name of LIST_FILTERS) {
    const values = parameters.getAll(name);
    if (values.length > 0) query[name] = values;
  }
  for (const name of SINGLE) {
    const value = parameters.get(name);
    if (value) query[name] = value;
  }
  return query;
}

export function hasFilters(query: Query): boolean {
  return Object.keys(query).some((name) => name !== "sort" && name !== "descending");
}

export function valuesOf(query: Query, name: string): string[] {
  const value = query[name];
  return Array.isArray(value) ? value.map(String) : value === undefined || value === null ? [] : [String(value)];
}

/** *values* with *value* added, or taken out if it was there. */
export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

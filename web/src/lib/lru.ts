// A small memory: forgets what was not asked for longest.
export class Recent<Key, Value> {
  private readonly kept = new Map<Key, Value>();
  constructor(private readonly limit: number) {}

  get(key: Key): Value | undefined {
    const value = this.kept.get(key);
    if (value !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, value);
    }
    return value;
  }
  delete(key: Key): void {
    this.kept.delete(key);
  }
  set(key: Key, value: Value): void {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size > this.limit) this.kept.delete(this.kept.keys().next().value as Key);
  }
}
